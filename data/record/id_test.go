package record

import (
	"encoding/json"
	"testing"
)

func TestIDsAreTextInJSON(t *testing.T) {
	id := RegisterID("register", "cooperative", "1")
	data, err := json.Marshal(map[string]ID{"record": id})
	if want := `{"record":"` + id.String() + `"}`; err != nil || string(data) != want {
		t.Errorf("%s, %v; want %s", data, err, want)
	}
	var back struct{ Record ID }
	if err := json.Unmarshal(data, &back); err != nil || back.Record != id {
		t.Errorf("read back: %v, %v", back.Record, err)
	}
	if err := json.Unmarshal([]byte(`{"record":"1"}`), &back); err == nil {
		t.Error("a text that is no id is read")
	}
}
