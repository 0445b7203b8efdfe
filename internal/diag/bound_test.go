package diag

import (
	"strings"
	"testing"
)

// TestBound: half a million findings of one rule neither stay in memory nor
// push out those of another, and every one is counted.
func TestBound(t *testing.T) {
	if testing.Short() {
		t.Skip("300 000 findings")
	}
	const many = 3*crowd + 7
	var l List
	for i := range many {
		l.Add(Finding{Rule: WrongType, Severity: Error, Place: Place{Line: many - i}, Message: "m"})
		if len(l) > crowd {
			t.Fatalf("the list grew to %d", len(l))
		}
	}
	l.Add(Finding{Rule: LongText, Severity: Warning, Place: Place{Line: 1}, Message: "w"})
	l = l.Bound()
	if errors, warnings := l.Count(); errors != many || warnings != 1 {
		t.Errorf("%d errors and %d warnings are counted", errors, warnings)
	}
	if len(l) != MostOfRule+1 {
		t.Errorf("%d findings are kept", len(l))
	}
	last := l[len(l)-1]
	if last.More != many-MostOfRule || !strings.Contains(last.Message, "and 299007 more of this sort") {
		t.Errorf("the last says %q", last.Message)
	}
	if !strings.Contains(l.Error(), "(and 300007 more)") {
		t.Error(l.Error())
	}
}

// TestBoundLeavesFew: a list that is not too long is only put in order.
func TestBoundLeavesFew(t *testing.T) {
	var l List
	for i := range MostOfRule {
		l.Add(Finding{Rule: WrongType, Severity: Error, Place: Place{Line: MostOfRule - i}, Message: "m"})
	}
	for i, f := range l.Bound() {
		if f.Message != "m" || f.More != 0 || f.Place.Line != i+1 {
			t.Fatalf("%+v", f)
		}
	}
}
