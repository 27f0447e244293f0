package io.tenantry.billing.bank.statement;

/** A file that cannot be read with certainty; nothing is taken from it. */
public final class UnreadableStatement extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient StatementProblem problem;

    /** A problem of the whole file. */
    public UnreadableStatement(StatementProblem.Reason reason, String detail) {
        this(new StatementProblem(reason, 0, detail));
    }

    UnreadableStatement(StatementProblem problem) {
        super(problem.reason() + " line " + problem.line() + ": " + problem.detail());
        this.problem = problem;
    }

    public StatementProblem problem() {
        return problem;
    }
}
