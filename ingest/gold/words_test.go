package gold

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestStems(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"provides", "provid"}, {"providing", "provid"}, {"sent", "send"}, {"accusations", "accus"}, {"organisation", "organis"}, {"organisations", "organis"},
		{"head_of_state_of", "head stat"}, {"fledTo", "fle"}, {"was the", ""}, {"Lukashenko’s", "lukashenko"}, {"Zürich", "zurich"},
		{"killed", "kil"}, {"denies", "deny"}, {"is", ""}, {"U.S.", "u"}, {"10,000", "000 10"},
	} {
		if got := strings.Join(slices.Sorted(maps.Keys(stems(tt.in))), " "); got != tt.want {
			t.Errorf("stems(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"  The ‘Big’\u00a0Élan ": "the 'big' elan", "ﬁne": "fine", "İzmit": "izmit", "": ""} {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}
