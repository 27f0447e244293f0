package io.tenantry.web.problem;

import java.util.List;

/** A request of a program that cannot be done as it is; what was begun for it is undone. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String title;
    private final transient List<Problem.FieldError> errors;

    /** A refusal of that kind. */
    public Refused(int status, String code, String title, String detail) {
        this(status, code, title, detail, List.of());
    }

    private Refused(int status, String code, String title, String detail, List<Problem.FieldError> errors) {
        super(detail);
        this.status = status;
        this.code = code;
        this.title = title;
        this.errors = List.copyOf(errors);
    }

    /** These fields are not acceptable. */
    public static Refused fields(List<Problem.FieldError> errors) {
        return new Refused(422, "bad_value", "Bad value", "some fields are not acceptable", errors);
    }

    /** This field is not acceptable. */
    public static Refused field(String field, String why, String found) {
        return fields(List.of(new Problem.FieldError(field, why, found)));
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String title() {
        return title;
    }

    List<Problem.FieldError> errors() {
        return errors;
    }
}
