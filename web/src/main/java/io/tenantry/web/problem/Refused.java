package io.tenantry.web.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request of a program that cannot be done as it is; what was begun for it is undone. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient List<Problem.FieldError> errors;
    private final @Nullable Duration retryAfter;

    /** A refusal of that kind. */
    public Refused(Kind kind, String detail) {
        this(kind, detail, List.of(), null);
    }

    private Refused(Kind kind, String detail, List<Problem.FieldError> errors, @Nullable Duration retryAfter) {
        super(detail);
        this.kind = kind;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** The same, with the time after which the request may be sent again ({@code Retry-After}). */
    public Refused after(Duration time) {
        return new Refused(kind, String.valueOf(getMessage()), errors, time);
    }

    /** These fields are not acceptable. */
    public static Refused fields(List<Problem.FieldError> errors) {
        return new Refused(Kind.BAD_VALUE, "some fields are not acceptable", errors, null);
    }

    /** This field is not acceptable. */
    public static Refused field(String field, String why, String found) {
        return fields(List.of(new Problem.FieldError(field, why, found)));
    }

    Kind kind() {
        return kind;
    }

    List<Problem.FieldError> errors() {
        return errors;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
