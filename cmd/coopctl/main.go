package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"coopatlas/data/store"
	"github.com/spf13/cobra"
)

// Exit codes: bad input and bad usage are told apart, so that scripts can.
const (
	exitInput = 1
	exitUsage = 2
)

// program is what commands share: where they read and write.
type program struct {
	in       io.Reader
	out, err io.Writer
}

// commands are all commands, in the order of their help.
func (p *program) commands() []*cobra.Command {
	return []*cobra.Command{
		p.initCommand(), p.formCommand(), p.fillCommand(), p.importCommand(), p.listCommand(), p.searchCommand(), p.showCommand(),
		p.stageCommand(), p.ratesCommand(), p.releaseCommand(), p.checkCommand(), p.queryCommand(), p.trendCommand(), p.traceCommand(), p.reconcileCommand(), p.chartCommand(), p.briefCommand(), p.exportCommand(), p.settingsCommand(),
		p.eraseCommand(), p.verifyCommand(), p.rebuildCommand(), p.backupCommand(), p.restoreCommand(),
	}
}

// usageError is bad usage: a flag or an argument that the command does not take.
type usageError struct{ error }

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "coopctl",
		Short:         "Map cooperatives: questionnaires, trends and briefs, without a window",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          usage(cobra.NoArgs),
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; see `%s --help`", err, c.CommandPath())}
	})
	root.AddCommand(p.commands()...)
	return root
}

// usage wraps a check of arguments so that what it refuses counts as bad usage.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usageError{fmt.Errorf("%w; the usage is `%s`", err, c.UseLine())}
		}
		return nil
	}
}

// run runs one command line and returns the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	p := &program{in: in, out: out, err: errs}
	root := p.root()
	root.SetArgs(args)
	c, err := root.ExecuteContextC(ctx)
	if err == nil {
		return 0
	}
	if strings.HasPrefix(err.Error(), "required flag") { // cobra has no type for it
		err = usageError{fmt.Errorf("%w; the usage is `%s`", err, c.UseLine())}
	}
	if !errors.Is(err, errReported) {
		fmt.Fprintf(errs, "coopctl: %s\n", oneSentence(err))
	}
	if errors.As(err, new(usageError)) {
		return exitUsage
	}
	return exitInput
}

// errReported ends a command whose output already says what is wrong.
var errReported = errors.New("reported")

// oneSentence joins what several errors say into one line.
func oneSentence(err error) string {
	if errors.Is(err, context.Canceled) {
		return "stopped; what was stored before stays, and the command can be run again"
	}
	said := strings.Join(strings.Fields(tame(err.Error())), " ")
	if advice := store.Advice(err); advice != "" {
		said += "; " + advice
	}
	return said
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl+C ends what does not hear the first
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
