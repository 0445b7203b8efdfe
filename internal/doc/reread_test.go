package doc

import "testing"

// TestKeysTheDecoderLoses: valid files of which the decoder drops a key
// without saying so.
func TestKeysTheDecoderLoses(t *testing.T) {
	for _, src := range []string{
		"[[q]]\nwhen = [ { a = \"x\" }, { b = \"x\" } ]\n[[q]]\nwhen.a = \"y\"\nwhen.b = \"z\"\n",
		"[[r]]\n[[r.s]]\nwhen = [ { a = 1 } ]\n[[r.s]]\nwhen.a = \"y\"\nwhen.b = \"z\"\n",
	} {
		f, err := TOML("x.toml", []byte(src))
		if err != nil {
			t.Errorf("%q: %v", src, err)
			continue
		}
		list := f.Root.Fields[f.Root.Keys[0]]
		if inner := list.Items[0].Fields["s"]; inner != nil {
			list = inner
		}
		when := list.Items[1].Fields["when"]
		if len(when.Keys) != 2 || when.Fields["a"].Str != "y" || when.Fields["b"].Str != "z" {
			t.Errorf("%q: read %v", src, when.Fields)
		}
	}
}
