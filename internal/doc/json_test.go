package doc

import (
	"strings"
	"testing"
)

// jsonCases has texts that are read, and texts that are refused with the
// fault in ‹ ›.
var jsonCases = []string{
	"{}", " {\"a\":1}\r\n", "\ufeff{\"a\":[1,2.5,-0,1e3,4.0,9223372036854775807,9223372036854775808,null,true,false,\"\",{},[]]}",
	`{"":{"a":{"b":[{"c":1},{"c":2}]}}}`, `{"a":"\ud800 \ud83c\udfb2 \u0000 \/ é","\u0061b":1}`, `{"a":"[{\"","b":"]"}`,
	`{"a":` + strings.Repeat("[", MaxDepth-1) + strings.Repeat("]", MaxDepth-1) + "}",
	"‹›", " ‹›", "‹1›", "‹[1]›", "‹null› ", "‹\"x\"›", "{‹›", `{"a":1‹›`, `{"a":"x‹›`, `{"a":1,‹}›`, `{"a":[1,‹]›}`, `{"a" ‹1›}`, `{‹a›:1}`, `{‹'›a':1}`,
	`{"a":‹'›x'}`, `{"a":‹“›x”}`, `{"a":1} ‹{›}`, `{"a":1}‹x›`, `{"a":‹x›}`, `{"a":t‹x›}`, `{"a":0‹1›}`, `{"a":1.‹}›`, `{"a":‹+›1}`, `{"a":‹.›5}`, `{"a":‹N›aN}`,
	`{"a":"\‹q›"}`, "{\"a\":\"‹›\n\"}", "{\"a\":\"‹\x01›\"}", `{"a":1,‹"a"›:2}`, `{"a":{"b":1,"c":2,‹"\u0062"›:2}}`, `{"a":‹1e999›}`, "{‹/›/x\n}", "{‹#›x\n}",
	"{\"a\":\"‹\xff›\"}", "‹\x00›", "‹\xff\xfe›{", "\ufeff‹\ufeff›{}",
	`{"a":` + strings.Repeat("[", MaxDepth-1) + "‹[›", "‹]›", "{‹]›", `{"a":[‹}›`, `{"a":1 ‹"›b":2}`, `{"a":[1 ‹2›]}`, `{‹,›"a":1}`,
}

func TestJSON(t *testing.T) {
	for _, marked := range jsonCases {
		before, rest, refused := strings.Cut(strings.TrimPrefix(marked, "\ufeff"), "‹")
		bad, _, _ := strings.Cut(rest, "›")
		f, err := JSON("x", unmarked(marked))
		if !refused {
			if err != nil {
				t.Errorf("%q: %v at %v", marked, err, err.Span)
				continue
			}
			checkShape(t, f)
			checkJSONAgain(t, f)
			continue
		}
		if err == nil {
			t.Errorf("%q is accepted", marked)
			continue
		}
		if want := (Span{len(before), len(before) + len(bad)}); err.Span != want || f.Root != nil {
			t.Errorf("%q: at %v, want %v: %s", marked, err.Span, want, err)
		}
		checkMessage(t, marked, err.Message)
	}
}

func TestJSONValues(t *testing.T) {
	f, err := JSON("x", []byte(`{"a":4,"b":4.0,"c":9223372036854775808,"d":-9223372036854775808,"e":"\ud800x","f":true,"g":null,"h":1e2}`))
	if err != nil {
		t.Fatal(err)
	}
	get := f.Root.Fields
	for key, want := range map[string]Kind{"a": Integer, "b": Float, "c": Float, "d": Integer, "e": String, "f": Bool, "g": Null, "h": Float} {
		if get[key].Kind != want {
			t.Errorf("%s is %v, want %v", key, get[key].Kind, want)
		}
	}
	if get["a"].Int != 4 || get["b"].Float != 4 || get["c"].Float != 1<<63 || get["d"].Int != -1<<63 || get["e"].Str != "\ufffdx" || !get["f"].Bool || get["h"].Float != 100 {
		t.Error(value(f.Root))
	}
}

func TestJSONMessages(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1,}`:      `a key is missing here; remove the comma before it`,
		`{"a":[1,]}`:    `a value is missing here; remove the comma before it`,
		`{"a":x}`:       `unexpected 'x' where a value begins; text stands in double quotes`,
		`{} x`:          `unexpected 'x' after the end of the JSON value; remove it`,
		`{"a":`:         `the JSON text ends too early; a closing quote or bracket is missing`,
		`[]`:            `the file holds a list; an object in { } belongs here`,
		`{"a":1,"a":2}`: `the key "a" stands twice in one object; remove or rename one of the two`,
	} {
		if _, err := JSON("x", []byte(text)); err == nil || err.Message != want {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
}
