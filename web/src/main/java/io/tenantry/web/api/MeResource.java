package io.tenantry.web.api;

import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AuthenticatedPerson;
import io.tenantry.people.identity.CurrentApiKey;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;

/** Whom a key speaks for. */
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class MeResource {
    @Inject
    CurrentPerson me;

    /** The person behind the key, and what the key may do. */
    public record Me(
            UUID id, String name, String email, String kind, List<String> scopes, List<Membership> organizations) {}

    /** An organization for which the person acts, and what they may do there with this key. */
    public record Membership(UUID id, String name, String role, List<String> permissions) {
        static Membership of(Access.Membership membership) {
            return new Membership(
                    membership.organizationId(),
                    membership.name(),
                    membership.role(),
                    List.copyOf(new TreeSet<>(membership.permissions())));
        }
    }

    @GET
    public Me me() {
        var person = me.person().orElseThrow(() -> new NotAuthorizedException("Bearer"));
        return me(person);
    }

    private Me me(AuthenticatedPerson person) {
        return new Me(
                person.personId(),
                person.name(),
                person.email(),
                person.kind().name().toLowerCase(Locale.ROOT),
                CurrentApiKey.current()
                        .map(key -> List.copyOf(new TreeSet<>(key.scopes())))
                        .orElse(List.of()),
                me.getPlaces().stream().map(Membership::of).toList());
    }
}
