package entity

import "testing"

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"U.S.":                 "us",
		"Łukasz  Żółć":         "lukasz zolc",
		"Ras al-Ain":           "ras al ain",
		"O’Brien":              "obrien",
		"O'Brien":              "obrien",
		"São Tomé & Príncipe":  "sao tome principe",
		"":                     "",
		"“Wagner”":             "wagner",
		" Crédit Agricole S.A": "credit agricole sa",
	} {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Svetlana Tikhanovskaya": "Svetlana_Tikhanovskaya",
		"Łukasz Żółć":            "Łukasz_Żółć",
		"AT&T Inc.":              "AT_T_Inc",
		"  the U.S. ":            "the_US",
		"Владимир Путин":         "Владимир_Путин",
		"<script>":               "script",
	} {
		if got := slug(in); got != want {
			t.Errorf("slug(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNear(t *testing.T) {
	t.Parallel()
	tests := []struct {
		x, y string
		want bool
	}{
		{"lukashenko", "lukashenka", true}, {"tikhanovskaya", "tsikhanouskaya", true}, {"alexander", "aliaksandr", true},
		{"svetlana", "sviatlana", true}, {"zelensky", "zelenskyy", true}, {"gorbachev", "gorbatchev", true},
		{"poroshenko", "timoshenko", false}, {"ivanov", "petrov", false}, {"maria", "mary", false}, {"ann", "anna", false},
	}
	for _, tt := range tests {
		if got := near(tt.x, tt.y); got != tt.want {
			t.Errorf("near(%q, %q) = %v: %q %q", tt.x, tt.y, got, sound(tt.x), sound(tt.y))
		}
	}
}
