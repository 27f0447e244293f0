package io.tenantry.cloud.provisioning;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.CustomerRef;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.text.InputText;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Where servers of services are made: what provisioning has to know of accounts with vendors. Beans of this type are asked in turn. */
public interface ProvisioningTarget {
    /**
     * Where, and as what, a server is made.
     *
     * @param account what a service keeps, to be found again
     * @param region the vendor's code
     * @param size the vendor's code
     * @param image the vendor's code of the system it starts with
     */
    record Placement(String account, String region, String size, String image) {
        /** The same place, with another system. */
        Placement with(String otherImage) {
            return new Placement(account, region, size, otherImage);
        }
    }

    /**
     * An account, opened.
     *
     * @param options what its vendor needs with each wish besides
     * @param mask takes out of a vendor's words what lets us in, should they repeat it
     */
    record TargetAccount(ProviderClient provider, Map<String, String> options, UnaryOperator<String> mask) {
        private static final int WORDS_MAX = 1_000;

        public TargetAccount {
            options = Map.copyOf(options);
        }

        /** One whose words hide nothing. */
        public TargetAccount(ProviderClient provider, Map<String, String> options) {
            this(provider, options, UnaryOperator.identity());
        }

        /** Whether the server of that number is another's: vendors may give the number of one that is gone again. */
        public boolean isAnothers(String serverId, ResourceTag resourceTag) {
            return provider.server(serverId)
                    .filter(providerServer -> !providerServer.mayBe(resourceTag))
                    .isPresent();
        }

        /** Of a server that is another's nothing is asked: for us there is none of that number. */
        public void requireOwn(String serverId, ResourceTag resourceTag) {
            if (isAnothers(serverId, resourceTag)) {
                throw new ProviderFailure(Reason.NOT_FOUND, "server " + serverId + " is another's");
            }
        }

        /** What a failure says, for staff. */
        public String words(ProviderFailure failure) {
            return words(failure.reason() + ": " + mask.apply(String.valueOf(failure.getMessage())));
        }

        /** In one line that the database keeps. */
        public static String words(String text) {
            var line = InputText.foreignLine(text);
            return InputText.cut(line, WORDS_MAX);
        }
    }

    /** Whether the plan is made here and nowhere else, be it that there is no place for it now. */
    default boolean makes(UUID planId) {
        return false;
    }

    /** Those of the plans that are made here and nowhere else. */
    default Set<UUID> makes(Collection<UUID> planIds) {
        return planIds.stream().filter(this::makes).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The vendor's codes of the sizes that a server which is there already would have as one of those plans, without moving elsewhere; plans
     * that are not made in its account, or not in its place, or not now, are left out.
     */
    default Map<UUID, String> sizes(Map<UUID, Plan.Size> plans, Placement there) {
        return Map.of();
    }

    /** Where a server of the plan would be made in our region; empty if here it would not. */
    Optional<Placement> place(UUID planId, Plan.Size size, String region);

    /**
     * What is said of making a server of a plan somewhere.
     *
     * @param isAlone whether the plan is made here and nowhere else
     * @param place where it would be made; empty if here it would not
     */
    record PlacementDecision(boolean isAlone, Optional<Placement> place) {}

    /** {@link #makes(UUID)} and {@link #place} in one. */
    default PlacementDecision making(UUID planId, Plan.Size size, String region) {
        return new PlacementDecision(makes(planId), place(planId, size, region));
    }

    /**
     * The systems that a server there may begin with, by names that customers may read; empty if they are those that the reseller has named
     * for the account.
     */
    default List<ProviderCatalog.Image> images(Placement placement) {
        return List.of();
    }

    /** Whether this is where servers are made there, and they run no scripts at their first start. */
    default boolean refusesScripts(Placement placement) {
        return false;
    }

    /** Opens an account; empty if it is none of these. Nothing is sent yet. */
    Optional<TargetAccount> open(String account);

    /** As {@link #open(String)}, with the options of a wish for that customer. */
    default Optional<TargetAccount> open(String account, CustomerRef customerRef) {
        return open(account);
    }
}
