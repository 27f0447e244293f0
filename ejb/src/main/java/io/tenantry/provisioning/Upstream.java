package io.tenantry.provisioning;

import io.tenantry.catalog.Plan;
import io.tenantry.provider.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where servers of services are made: what provisioning has to know of accounts with vendors. Beans of this type are asked in turn. */
public interface Upstream {
    /**
     * Where, and as what, a server is made.
     *
     * @param account what a service keeps, to be found again
     * @param region the vendor's code
     * @param size the vendor's code
     * @param image the vendor's code of the system it starts with
     */
    record Place(String account, String region, String size, String image) {}

    /**
     * An account, opened.
     *
     * @param options what its vendor needs with each wish besides
     */
    record Home(Provider provider, Map<String, String> options) {
        public Home {
            options = Map.copyOf(options);
        }
    }

    /** Where a server of the plan would be made in our region; empty if here it would not. */
    Optional<Place> place(UUID planId, Plan.Size size, String region);

    /** Opens an account; empty if it is none of these. Nothing is sent yet. */
    Optional<Home> open(String account);
}
