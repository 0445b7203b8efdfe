package cohort

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"github.com/rolefit/rolefit/internal/rows"
)

// piece is a chunk on its way: out gets what it comes to.
type piece struct {
	rows.Chunk
	out chan *chunk
	big bool
}

// pipeline are the goroutines that score one table.
type pipeline struct {
	*Scoring
	job         *job
	in          *rows.Chunks
	todo, order chan piece
	room        chan *chunk   // results that were written, to be used again
	big         chan struct{} // a chunk far larger than usual is written: only then reading goes on, so that memory stays bounded
	read        error         // set before order is closed
}

// run scores the rows: one goroutine reads, some score, and this one puts what
// they found in the order of the input. When it is told to stop it does not wait
// for the others: whoever reads may wait for input that never comes.
func (s *Scoring) run(ctx context.Context, j *job, in *rows.Chunks) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	n := s.o.Workers
	p := &pipeline{
		Scoring: s, job: j, in: in, todo: make(chan piece, n), order: make(chan piece, 2*n),
		room: make(chan *chunk, 4*n), big: make(chan struct{}, 1),
	}
	go p.feed(ctx)
	workers := make([]*worker, n)
	var wait sync.WaitGroup
	for i := range workers {
		workers[i] = j.newWorker()
		wait.Go(func() {
			p.work(workers[i])
			workers[i].settle()
		})
	}
	if err := p.collect(ctx); err != nil {
		return err
	}
	wait.Wait()
	for _, w := range workers {
		s.total.merge(w.tally)
	}
	return p.read
}

// feed hands out the chunks: to whoever scores them, and in their order.
func (p *pipeline) feed(ctx context.Context) {
	defer close(p.order)
	defer close(p.todo)
	for {
		data, err := p.in.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				p.read = err
			}
			return
		}
		one := piece{data, make(chan *chunk, 1), cap(data.Data) > 4*p.in.Size}
		for _, to := range []chan piece{p.order, p.todo} {
			select {
			case to <- one:
			case <-ctx.Done():
				return
			}
		}
		if data.Data = nil; one.big {
			one.Data = nil
			select {
			case <-p.big:
			case <-ctx.Done():
				return
			}
		}
	}
}

func (p *pipeline) work(w *worker) {
	for one := range p.todo {
		out := &chunk{}
		select {
		case out = <-p.room:
			out.reset()
		default:
		}
		w.chunk(one.Chunk, out)
		p.in.Recycle(one.Data)
		one.out <- out
	}
}

// collect writes what the chunks come to, one after the other.
func (p *pipeline) collect(ctx context.Context) error {
	for {
		var one piece
		more := false
		select {
		case one, more = <-p.order:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if !more {
			return nil
		}
		select {
		case out := <-one.out:
			if err := p.emit(p.job, out); err != nil {
				return err
			}
			if one.big {
				much := cap(one.Data) > rows.ChunkSize
				if out, one.Data = nil, nil; much {
					runtime.GC() // so is what it left behind
				}
				p.big <- struct{}{}
				continue
			}
			select {
			case p.room <- out:
			default:
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		if p.o.Progress != nil {
			p.o.Progress(p.rows, p.in.Read())
		}
	}
}
