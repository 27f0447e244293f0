package io.tenantry.web.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request of a program that cannot be done as it is; what was begun for it is undone. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType problemType;
    private final transient List<Problem.FieldError> errors;
    private final @Nullable Duration retryAfter;

    /** A refusal of that kind. */
    public ProblemException(ProblemType problemType, String detail) {
        this(problemType, detail, List.of(), null);
    }

    private ProblemException(
            ProblemType problemType, String detail, List<Problem.FieldError> errors, @Nullable Duration retryAfter) {
        super(detail);
        this.problemType = problemType;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** The same, with the time after which the request may be sent again ({@code Retry-After}). */
    public ProblemException after(Duration time) {
        return new ProblemException(problemType, String.valueOf(getMessage()), errors, time);
    }

    /** These fields are not acceptable. */
    public static ProblemException fields(List<Problem.FieldError> errors) {
        return new ProblemException(ProblemType.INVALID_VALUE, "some fields are invalid", errors, null);
    }

    /** This field is not acceptable. */
    public static ProblemException field(String field, String why, String found) {
        return fields(List.of(new Problem.FieldError(field, why, found)));
    }

    ProblemType kind() {
        return problemType;
    }

    List<Problem.FieldError> errors() {
        return errors;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
