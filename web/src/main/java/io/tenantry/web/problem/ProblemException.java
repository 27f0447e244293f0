package io.tenantry.web.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown for an API request that cannot be fulfilled; its changes are rolled back. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType problemType;
    private final transient List<Problem.FieldError> errors;
    private final @Nullable Duration retryAfter;

    /** Creates a rejection of a type. */
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

    /** Returns the same exception with the time after which the request may be repeated ({@code Retry-After}). */
    public ProblemException after(Duration time) {
        return new ProblemException(problemType, String.valueOf(getMessage()), errors, time);
    }

    /** Returns a rejection because of several fields. */
    public static ProblemException fields(List<Problem.FieldError> errors) {
        return new ProblemException(ProblemType.INVALID_VALUE, "some fields are invalid", errors, null);
    }

    /** Returns a rejection because of one field. */
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
