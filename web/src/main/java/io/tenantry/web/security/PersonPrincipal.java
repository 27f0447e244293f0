package io.tenantry.web.security;

import io.tenantry.people.identity.AuthenticatedPerson;
import jakarta.security.enterprise.CallerPrincipal;

/** The container's principal of a signed-in person, named by the person's id, which discloses nothing to a log reader. */
public class PersonPrincipal extends CallerPrincipal {
    private static final long serialVersionUID = 1L;

    PersonPrincipal(AuthenticatedPerson person) {
        super(person.personId().toString());
    }
}
