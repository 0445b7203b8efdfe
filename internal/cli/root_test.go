package cli

import "testing"

// TestCommands: a command that is built alone is the one that is built with the others.
func TestCommands(t *testing.T) {
	all := newRoot(&env{}, nil)
	for _, one := range commands {
		alone := newRoot(&env{}, []string{one.name})
		c, rest, err := alone.Find([]string{one.name})
		if err != nil || len(rest) > 0 || c.Name() != one.name || len(alone.Commands()) != 1 && one.name != "man" {
			t.Errorf("%s: found %s (%v)", one.name, c.CommandPath(), err)
		}
		same, _, err := all.Find([]string{one.name})
		if err != nil || same.UsageString() != c.UsageString() {
			t.Errorf("%s: got %q, want %q (%v)", one.name, c.UsageString(), same.UsageString(), err)
		}
	}
}
