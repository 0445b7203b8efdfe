package diff

import (
	"fmt"
	"strings"

	"golang.org/x/mod/semver"
)

// Version is whether the version rose as semantic versioning asks: the major
// number when stored sheets can no longer be read, the minor one when outcomes
// move, the patch for anything else.
type Version struct {
	Need    string // major, minor or patch; "" when nothing changed
	OK      bool
	Message string // why not
}

// The parts of a version, the weightiest first.
const (
	major = "major"
	minor = "minor"
	patch = "patch"
)

func rise(d *Diff) Version {
	v := Version{OK: true}
	switch {
	case d.Breaking:
		v.Need = major
	case d.Class == Scoring:
		v.Need = minor
	case d.Class != None:
		v.Need = patch
	}
	old, fresh := "v"+d.Old.Version, "v"+d.New.Version
	order := semver.Compare(fresh, old)
	switch {
	case order < 0:
		v.Message = fmt.Sprintf("the version went down from %s to %s", d.Old.Version, d.New.Version)
	case v.Need == "":
	case order == 0:
		v.Message = fmt.Sprintf("the version is still %s; %s", d.New.Version, asks(v.Need, old))
	case !enough(old, fresh, v.Need):
		v.Message = fmt.Sprintf("the version rose from %s to %s; %s", d.Old.Version, d.New.Version, asks(v.Need, old))
	}
	v.OK = v.Message == ""
	return v
}

// asks words what would do.
func asks(need, old string) string {
	reason := map[string]string{
		major: "stored sheets can no longer be read",
		minor: "outcomes move",
		patch: "something changed",
	}[need]
	return fmt.Sprintf("%s, which asks for %s or more", reason, next(old, need))
}

// numbers are the three parts of a version.
func numbers(version string) (n [3]int) {
	core := strings.TrimPrefix(semver.Canonical(version), "v")
	core, _, _ = strings.Cut(core, "-")
	_, _ = fmt.Sscanf(core, "%d.%d.%d", &n[0], &n[1], &n[2])
	return n
}

// next is the least version that a change of this weight may have.
func next(old, need string) string {
	n := numbers(old)
	if semver.Prerelease(old) != "" && leads(n, need) {
		return fmt.Sprintf("%d.%d.%d", n[0], n[1], n[2])
	}
	switch need {
	case major:
		n = [3]int{n[0] + 1, 0, 0}
	case minor:
		n = [3]int{n[0], n[1] + 1, 0}
	default:
		n[2]++
	}
	return fmt.Sprintf("%d.%d.%d", n[0], n[1], n[2])
}

// enough reports whether a rise is of the weight that is needed. Between
// pre-releases of one version, that version's own weight counts.
func enough(old, fresh, need string) bool {
	a, b := numbers(old), numbers(fresh)
	switch {
	case b[0] > a[0]:
		return true
	case b[1] > a[1]:
		return need != major
	case b[2] > a[2]:
		return need == patch
	}
	return leads(b, need)
}

// leads reports whether a version of these numbers begins a major or minor line.
func leads(n [3]int, need string) bool {
	switch need {
	case major:
		return n[1] == 0 && n[2] == 0
	case minor:
		return n[2] == 0
	}
	return true
}
