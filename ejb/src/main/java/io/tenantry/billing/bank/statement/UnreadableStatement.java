package io.tenantry.billing.bank.statement;

/** Thrown when a file cannot be read with certainty; none of its content is used. */
public final class UnreadableStatement extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient StatementProblem problem;

    /** Creates an exception for a problem of the whole file. */
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
