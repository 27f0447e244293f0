package io.tenantry.people.identity;

import jakarta.ejb.ApplicationException;

/** Unknown, or not to be known by the one who acts: both look the same. Answered as 404; nothing was changed. */
@ApplicationException(rollback = true)
public class NotFoundException extends RuntimeException {
    /** Stable name of this refusal, for problems and page messages. */
    public static final String CODE = "not_found";

    public NotFoundException(String kind, Object id) {
        super("no " + kind + " " + id + " is visible to the one who acts");
    }

    public String code() {
        return CODE;
    }
}
