package io.tenantry.people.identity;

import jakarta.ejb.ApplicationException;

/** Thrown if an object does not exist or must not be known to the current actor: both look the same. Mapped to 404; nothing was changed. */
@ApplicationException(rollback = true)
public class NotFoundException extends RuntimeException {
    /** The stable name of this refusal, for problems and page messages. */
    public static final String CODE = "not_found";

    public NotFoundException(String kind, Object id) {
        super("no " + kind + " " + id + " is visible to the one who acts");
    }

    public String code() {
        return CODE;
    }
}
