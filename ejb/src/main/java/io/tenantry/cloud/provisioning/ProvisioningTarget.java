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

/**
 * A target where servers of services are created: what provisioning needs to know of accounts with providers. Beans of this type are queried in
 * turn.
 */
public interface ProvisioningTarget {
    /**
     * Where and as what a server is created.
     *
     * @param account stored with the service to find the account again
     * @param region the provider's code
     * @param size the provider's code
     * @param image the provider's code of the image
     */
    record Placement(String account, String region, String size, String image) {
        /** Returns the same placement with another image. */
        Placement with(String otherImage) {
            return new Placement(account, region, size, otherImage);
        }
    }

    /**
     * An opened account.
     *
     * @param options additional server options that its provider needs
     * @param mask removes credentials from a provider's message, should it repeat them
     */
    record TargetAccount(ProviderClient provider, Map<String, String> options, UnaryOperator<String> mask) {
        private static final int WORDS_MAX = 1_000;

        public TargetAccount {
            options = Map.copyOf(options);
        }

        /** Creates an account that masks nothing. */
        public TargetAccount(ProviderClient provider, Map<String, String> options) {
            this(provider, options, UnaryOperator.identity());
        }

        /** Whether the server with that ID belongs to another service: providers may reuse the ID of a deleted server. */
        public boolean isAnothers(String serverId, ResourceTag resourceTag) {
            return provider.server(serverId)
                    .filter(providerServer -> !providerServer.mayBe(resourceTag))
                    .isPresent();
        }

        /** Prevents requests to a server of another service: for us, there is no server with that ID. */
        public void requireOwn(String serverId, ResourceTag resourceTag) {
            if (isAnothers(serverId, resourceTag)) {
                throw new ProviderFailure(Reason.NOT_FOUND, "server " + serverId + " belongs to another service");
            }
        }

        /** Returns the message of a failure, for staff. */
        public String words(ProviderFailure failure) {
            return words(failure.reason() + ": " + mask.apply(String.valueOf(failure.getMessage())));
        }

        /** Returns a text as one line that fits into the database. */
        public static String words(String text) {
            var line = InputText.foreignLine(text);
            return InputText.cut(line, WORDS_MAX);
        }
    }

    /** Whether the plan is created only by this target, even if it has no placement for it at present. */
    default boolean makes(UUID planId) {
        return false;
    }

    /** Returns those of the plans that are created only by this target. */
    default Set<UUID> makes(Collection<UUID> planIds) {
        return planIds.stream().filter(this::makes).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns the provider's codes of the sizes that an existing server would have with each of those plans, without moving elsewhere; plans
     * that are not created in its account or region, or not at present, are omitted.
     */
    default Map<UUID, String> sizes(Map<UUID, Plan.Size> plans, Placement there) {
        return Map.of();
    }

    /** Returns where a server of the plan would be created in our region; empty if not by this target. */
    Optional<Placement> place(UUID planId, Plan.Size size, String region);

    /**
     * The answer to where a server of a plan would be created.
     *
     * @param isAlone whether the plan is created only by this target
     * @param place where it would be created; empty if not by this target
     */
    record PlacementDecision(boolean isAlone, Optional<Placement> place) {}

    /** Returns the results of {@link #makes(UUID)} and {@link #place} together. */
    default PlacementDecision making(UUID planId, Plan.Size size, String region) {
        return new PlacementDecision(makes(planId), place(planId, size, region));
    }

    /**
     * Returns the images that a server there can start with, by names for customers; empty if they are those that the reseller has named for
     * the account.
     */
    default List<ProviderCatalog.Image> images(Placement placement) {
        return List.of();
    }

    /** Whether servers there are created by this target and run no scripts at their first start. */
    default boolean refusesScripts(Placement placement) {
        return false;
    }

    /** Opens an account; empty if it does not belong to this target. Sends nothing. */
    Optional<TargetAccount> open(String account);

    /** Does the same as {@link #open(String)}, with the server options for that customer. */
    default Optional<TargetAccount> open(String account, CustomerRef customerRef) {
        return open(account);
    }
}
