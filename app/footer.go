package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/task"
)

// footer shows counts at the left and background jobs at the right.
type footer struct {
	f      *Frame
	box    *fyne.Container
	counts *widget.Label
	job    *widget.Label
	bar    *kit.Bar
	stop   *widget.Button
	busy   *fyne.Container
	jobs   []task.Status
}

func newFooter(f *Frame) *footer {
	o := &footer{f: f, counts: kit.Caption(""), job: kit.Caption(""), bar: kit.NewBar()}
	o.counts.Truncation = fyne.TextTruncateEllipsis
	o.stop = kit.IconButton(kit.IconStop, "", o.stopFirst)
	o.bar.SetLeast(fyne.NewSize(160, 8))
	o.busy = kit.Row(kit.Gap8, o.job, o.bar, o.stop)
	o.busy.Hide()
	room := kit.NewShape("", "", 0)
	room.SetLeast(fyne.NewSize(1, 36))
	o.box = container.NewStack(room, container.New(&footerRoom{}, o.counts, o.busy))
	return o
}

func (o *footer) setCounts(text string) { o.counts.SetText(text) }

// showJobs names the first job, with what and how much, and how many more there are.
func (o *footer) showJobs(jobs []task.Status) {
	o.jobs = jobs
	if len(jobs) == 0 {
		o.busy.Hide()
		return
	}
	first := jobs[0]
	text := first.Name
	share := 0.0
	if first.Total > 0 {
		text = o.f.words.Say("app.job", "Name", first.Name, "Done", first.Done, "Total", first.Total)
		share = float64(first.Done) / float64(first.Total)
	}
	if len(jobs) > 1 {
		text = o.f.words.Say("app.jobs_more", "Name", text, "Count", len(jobs)-1)
	}
	o.job.SetText(text)
	o.bar.Set(kit.Part{Share: share, Color: kit.ColorTeal})
	o.busy.Show()
	o.box.Refresh()
}

func (o *footer) stopFirst() {
	if len(o.jobs) > 0 {
		o.jobs[0].Stop()
	}
}

// footerRoom gives the jobs what they need at the right, and the counts the rest.
type footerRoom struct{}

// MinSize is one line.
func (footerRoom) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, objects[0].MinSize().Height)
}

// Layout places both.
func (footerRoom) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	counts, busy := objects[0], objects[1]
	var right float32
	if busy.Visible() {
		right = busy.MinSize().Width + kit.Gap8
	}
	counts.Resize(fyne.NewSize(max(size.Width-right-kit.Gap16, 0), counts.MinSize().Height))
	counts.Move(fyne.NewPos(kit.Gap8, (size.Height-counts.MinSize().Height)/2))
	busy.Resize(fyne.NewSize(right-kit.Gap8, size.Height))
	busy.Move(fyne.NewPos(size.Width-right, 0))
}
