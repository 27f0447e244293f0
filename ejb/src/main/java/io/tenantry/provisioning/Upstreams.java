package io.tenantry.provisioning;

import io.tenantry.catalog.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All that there are of {@link Upstream}. */
@ApplicationScoped
public class Upstreams {
    private Iterable<Upstream> all = List.of();

    /** For the container. */
    public Upstreams() {}

    /** For use outside a container. */
    public Upstreams(List<Upstream> all) {
        this.all = List.copyOf(all);
    }

    @Inject
    void find(@Any Instance<Upstream> found) {
        all = found;
    }

    /** Where a server of the plan would be made; empty if nobody makes one. */
    public Optional<Upstream.Place> place(UUID planId, Plan.Size size, String region) {
        for (var one : all) {
            var place = one.place(planId, size, region);
            if (place.isPresent()) {
                return place;
            }
        }
        return Optional.empty();
    }

    /** Opens an account; empty if nobody knows it any more. */
    public Optional<Upstream.Home> open(String account) {
        for (var one : all) {
            var home = one.open(account);
            if (home.isPresent()) {
                return home;
            }
        }
        return Optional.empty();
    }
}
