package findings

import (
	"io"

	"github.com/rolefit/rolefit/internal/diag"
	"github.com/rolefit/rolefit/internal/jsonout"
)

type jsonChecked struct {
	Schema   int           `json:"schema"`
	Files    int           `json:"files"`
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
	Findings []jsonFinding `json:"findings"`
}

type jsonFinding struct {
	Rule       string         `json:"rule"`
	Severity   diag.Severity  `json:"severity"`
	Path       string         `json:"path"`
	Line       int            `json:"line"`
	Column     int            `json:"column"`
	EndLine    int            `json:"end_line"`
	EndColumn  int            `json:"end_column"`
	Message    string         `json:"message"`
	More       int            `json:"more,omitempty"` // of this rule in this file, not listed
	Help       *string        `json:"help"`
	Suggestion *string        `json:"suggestion"`
	Related    []jsonRelated  `json:"related"`
	Witness    map[string]any `json:"witness"`
}

type jsonRelated struct {
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// writeJSON writes findings for programs.
func writeJSON(w io.Writer, c *Checked) error {
	out := jsonChecked{Schema: jsonout.Schema, Findings: []jsonFinding{}}
	for _, f := range c.Files {
		if f.Source != nil {
			out.Files++
		}
	}
	out.Errors, out.Warnings = c.Count()
	for _, f := range c.All() {
		one := jsonFinding{
			Rule: f.Rule, Severity: f.Severity, Path: f.Place.Path, Line: f.Place.Line, Column: f.Place.Column,
			EndLine: f.Place.EndLine, EndColumn: f.Place.EndColumn, Message: f.Message, More: f.More,
			Help: jsonout.Maybe(f.Advice()), Suggestion: jsonout.Maybe(f.Suggestion), Related: []jsonRelated{}, Witness: f.Witness,
		}
		for _, r := range f.Related {
			one.Related = append(one.Related, jsonRelated{r.Place.Path, r.Place.Line, r.Place.Column, r.Message})
		}
		out.Findings = append(out.Findings, one)
	}
	return jsonout.Write(w, out)
}
