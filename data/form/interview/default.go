package interview

import (
	"coopatlas/data/form"
	"coopatlas/data/record"
)

// setDefault fills in the static default of a new question.
func (iv *Interview) setDefault(n *node) {
	q := n.question
	if q.DefaultValue == "" || !q.Stored() {
		return
	}
	value, err := valueOf(q, q.DefaultValue)
	if err != nil {
		value = record.Text(q.DefaultValue)
	}
	n.answer = record.Answer{Value: value}
	n.text = value.String()
}

// dynamicDefaults runs the dynamic defaults below a new node, in the order of the form.
func (iv *Interview) dynamicDefaults(top *node) {
	top.each(func(n *node) {
		if n.question == nil || n.question.DefaultExpression == nil || n.text != "" {
			return
		}
		value := iv.toValue(n.question, iv.evaluate(nil, n.question.DefaultExpression, n, n))
		if !value.IsZero() {
			iv.put(n, record.Answer{Value: value})
		}
	})
}

// metadata fills in what a form asks of the device and the clock, and the dynamic defaults of a new record.
func (iv *Interview) metadata() {
	if !iv.fresh {
		return
	}
	iv.dynamicDefaults(iv.top)
	now := iv.env.now()
	for _, q := range iv.form.Questions {
		n := iv.byItem[q]
		if n == nil || !n.answer.Value.IsZero() {
			continue
		}
		switch q.Type {
		case form.TypeStart:
			iv.put(n, record.Answer{Value: record.Text(now.Format(isoDateTime))})
		case form.TypeToday:
			iv.put(n, record.Answer{Value: record.Text(now.Format(isoDate))})
		case form.TypeUsername:
			iv.put(n, record.Answer{Value: record.Text(iv.env.Username)})
		case form.TypeDeviceID:
			iv.put(n, record.Answer{Value: record.Text(iv.env.Device)})
		}
	}
	iv.fresh = false
}

// Finish brings the interview to its end before it is saved: it notes the time of the end and runs calculations that
// change by themselves once more.
func (iv *Interview) Finish() Change {
	for _, q := range iv.form.Questions {
		if n := iv.byItem[q]; n != nil && q.Type == form.TypeEnd {
			iv.put(n, record.Answer{Value: record.Text(iv.env.now().Format(isoDateTime))})
		}
	}
	for _, c := range iv.volatile {
		iv.queue(c)
	}
	iv.settle()
	return iv.takeChange()
}
