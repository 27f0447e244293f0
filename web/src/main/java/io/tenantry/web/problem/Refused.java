package io.tenantry.web.problem;

import java.util.List;

/** A request of a program that cannot be done as it is; what was begun for it is undone. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient List<Problem.FieldError> errors;

    /** A refusal of that kind. */
    public Refused(Kind kind, String detail) {
        this(kind, detail, List.of());
    }

    private Refused(Kind kind, String detail, List<Problem.FieldError> errors) {
        super(detail);
        this.kind = kind;
        this.errors = List.copyOf(errors);
    }

    /** These fields are not acceptable. */
    public static Refused fields(List<Problem.FieldError> errors) {
        return new Refused(Kind.BAD_VALUE, "some fields are not acceptable", errors);
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
}
