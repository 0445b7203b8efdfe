package findings

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/jsonout"
)

// The parts of SARIF 2.1.0 (OASIS Standard, 2020) that findings need.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Short   sarifMessage `json:"shortDescription"`
		Help    sarifMessage `json:"help"`
		Default sarifLevel   `json:"defaultConfiguration"`
	}
	sarifLevel struct {
		Level diag.Severity `json:"level"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        diag.Severity     `json:"level"`
		Message      sarifMessage      `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Properties   *sarifProperties  `json:"properties,omitempty"`
	}
	sarifProperties struct {
		Witness map[string]any `json:"witness"`
	}
	sarifLocation struct {
		ID       *int          `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifMessage `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
)

const (
	sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"
	homepage    = "https://github.com/rolefit/rolefit"
)

// writeSARIF writes findings for code scanning.
func writeSARIF(w io.Writer, c *Checked) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "rolefit", Version: c.Version, URI: homepage}},
		ColumnKind: "utf16CodeUnits", Results: []sarifResult{},
	}
	for _, r := range diag.Rules() {
		help := r.Help + "; rolefit explain " + r.ID
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules,
			sarifRule{r.ID, sarifMessage{r.Fires}, sarifMessage{help}, sarifLevel{r.Severity}})
	}
	for i := range c.Files {
		file, seen := &c.Files[i], make(map[string]int)
		for _, f := range file.Found {
			run.Results = append(run.Results, file.sarif(f, seen))
		}
	}
	return jsonout.Write(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

func (file *File) sarif(f diag.Finding, seen map[string]int) sarifResult {
	out := sarifResult{
		RuleID: f.Rule, Level: f.Severity, Message: sarifMessage{f.Message},
		RuleIndex:    slices.IndexFunc(diag.Rules(), func(r diag.Rule) bool { return r.ID == f.Rule }),
		Locations:    []sarifLocation{file.location(f.Place)},
		Fingerprints: map[string]string{"rolefit/v1": fingerprint(numbered(seen, f.Rule+" "+subject(f)))},
	}
	if f.Witness != nil {
		out.Properties = &sarifProperties{f.Witness}
	}
	for n, r := range f.Related {
		at := file.location(r.Place)
		at.ID, at.Message = &n, &sarifMessage{r.Message}
		out.Related = append(out.Related, at)
	}
	return out
}

func (file *File) location(p diag.Place) sarifLocation {
	at := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{file.uri()}}}
	if p.Line > 0 && file.Source != nil {
		column, end := file.utf16Columns(p)
		at.Physical.Region = &sarifRegion{p.Line, column, p.EndLine, end}
	}
	return at
}

// fingerprint stays the same when lines move: it knows rules and ids only.
func fingerprint(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:16])
}
