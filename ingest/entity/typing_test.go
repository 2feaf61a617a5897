package entity

import "testing"

// TestTypes says what the words of unseen articles are taken for; "-" is for what is no entity of that name.
func TestTypes(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, label, class, country string }{
		{"The government spent 120 million crowns on new tanks.", "120 million crowns", "Value", ""},
		{"He paid 20 euros for it.", "20 euros", "Value", ""},
		{"The Ministry of Health of Kenya reported 300 cases of cholera.", "Ministry of Health of Kenya", "Government", "Kenya"},
		{"The Constitutional Court of Colombia struck down the law on mining.", "Constitutional Court of Colombia", "Government", "Colombia"},
		{"US Secretary of State Antony Blinken met Wang Yi in Bali.", "Antony Blinken", "Person", "United_States"},
		{"The Nobel Prize in Literature went to Olga Tokarczuk.", "Olga Tokarczuk", "Person", ""},
		{"The Paris Agreement was signed in 2015.", "Paris Agreement", "Agreement", ""},
		{"The Paris Agreement was signed in 2015.", "Paris", "-", ""},
		{"Turkish troops attacked the town of Afrin.", "Turkish troops", "SecurityForce", "Turkey"},
		{"The Virginia Beach council met on Monday.", "Virginia Beach", "-Person", ""},
	}
	r := testResolver(t)
	for _, tt := range tests {
		doc, sents := parseText(t, "types", "2022-11-14", tt.text+"\n")
		class, country := "-", ""
		for _, e := range r.Resolve(doc, sents).Entities {
			if e.Label == tt.label {
				class, country = e.Type, e.Country
			}
		}
		if tt.class == "-Person" {
			if class == "Person" {
				t.Errorf("%s: %s is a Person", tt.text, tt.label)
			}
			continue
		}
		if class != tt.class || country != tt.country {
			t.Errorf("%s: %s is %s of %q, want %s of %q", tt.text, tt.label, class, country, tt.class, tt.country)
		}
	}
}
