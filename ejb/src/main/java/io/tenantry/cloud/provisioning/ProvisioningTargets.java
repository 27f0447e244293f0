package io.tenantry.cloud.provisioning;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.CustomerRef;
import io.tenantry.cloud.provider.ProviderCatalog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Combines all beans of {@link ProvisioningTarget}. */
@ApplicationScoped
public class ProvisioningTargets {
    private Iterable<ProvisioningTarget> all = List.of();

    /** For the container. */
    public ProvisioningTargets() {}

    /** For use outside a container. */
    public ProvisioningTargets(List<ProvisioningTarget> all) {
        this.all = List.copyOf(all);
    }

    @Inject
    void find(@Any Instance<ProvisioningTarget> found) {
        all = found;
    }

    /**
     * Returns where a server of the plan would be created; empty if by no target. If a target creates the plan exclusively, the others are
     * ignored.
     */
    public Optional<ProvisioningTarget.Placement> place(UUID planId, Plan.Size size, String region) {
        var first = Optional.<ProvisioningTarget.Placement>empty();
        for (var one : all) {
            var placementDecision = one.making(planId, size, region);
            if (placementDecision.isAlone()) {
                return placementDecision.place();
            }
            first = first.or(placementDecision::place);
        }
        return first;
    }

    /** Whether a plan must be created by a provider: without a placement, it cannot be ordered. */
    public boolean makes(UUID planId) {
        for (var one : all) {
            if (one.makes(planId)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the provider's codes of the sizes that an existing server would have with each of those plans; plans that it cannot change to are
     * omitted. If a target creates a plan exclusively, the others are ignored.
     */
    public Map<UUID, String> sizes(Map<UUID, Plan.Size> plans, ProvisioningTarget.Placement there) {
        var sizes = new HashMap<UUID, String>();
        var alone = new HashSet<UUID>();
        for (var one : all) {
            var own = one.makes(plans.keySet());
            sizes.keySet().removeAll(own); // Answers of other targets for those plans are ignored.
            one.sizes(plans, there).forEach((plan, size) -> {
                if (own.contains(plan) || !alone.contains(plan)) {
                    sizes.putIfAbsent(plan, size);
                }
            });
            alone.addAll(own);
        }
        return sizes;
    }

    /** Returns the images that a server there can start with; empty if they are those that the reseller has named for the account. */
    public List<ProviderCatalog.Image> images(ProvisioningTarget.Placement placement) {
        for (var one : all) {
            var images = one.images(placement);
            if (!images.isEmpty()) {
                return images;
            }
        }
        return List.of();
    }

    /** Whether servers there run no scripts at their first start. */
    public boolean refuseScripts(ProvisioningTarget.Placement placement) {
        for (var one : all) {
            if (one.refusesScripts(placement)) {
                return true;
            }
        }
        return false;
    }

    /** Opens an account; empty if no target knows it any longer. */
    public Optional<ProvisioningTarget.TargetAccount> open(String account) {
        return first(one -> one.open(account));
    }

    /** Opens an account to create something there for a customer. */
    public Optional<ProvisioningTarget.TargetAccount> open(String account, CustomerRef customerRef) {
        return first(one -> one.open(account, customerRef));
    }

    private <T> Optional<T> first(Function<ProvisioningTarget, Optional<T>> question) {
        for (var one : all) {
            var answer = question.apply(one);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }
}
