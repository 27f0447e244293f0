package io.tenantry.web.api;

import io.tenantry.identity.Access;
import io.tenantry.identity.KeyInUse;
import io.tenantry.identity.SignedIn;
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
    public record Me(UUID id, String name, String email, String kind, List<String> scopes, List<Place> organizations) {}

    /** An organization for which the person acts, and what they may do there with this key. */
    public record Place(UUID id, String name, String role, List<String> permissions) {
        static Place of(Access.Place place) {
            return new Place(
                    place.organizationId(),
                    place.name(),
                    place.role(),
                    List.copyOf(new TreeSet<>(place.permissions())));
        }
    }

    @GET
    public Me me() {
        var person = me.person().orElseThrow(() -> new NotAuthorizedException("Bearer"));
        return me(person);
    }

    private Me me(SignedIn person) {
        return new Me(
                person.personId(),
                person.name(),
                person.email(),
                person.kind().name().toLowerCase(Locale.ROOT),
                KeyInUse.current()
                        .map(key -> List.copyOf(new TreeSet<>(key.scopes())))
                        .orElse(List.of()),
                me.getPlaces().stream().map(Place::of).toList());
    }
}
