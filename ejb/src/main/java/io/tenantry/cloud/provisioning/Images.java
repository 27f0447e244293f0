package io.tenantry.cloud.provisioning;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.catalog.ProviderImages;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The images that a server of a plan can start with in a region, under the reseller's names: customers see no provider codes, and the name is
 * the same wherever the server is created. Requires no permission.
 */
@Stateless
public class Images {
    @Inject
    ProvisioningTargets provisioningTargets;

    @Inject
    ProviderImages providerImages;

    /** For the container. */
    public Images() {}

    /** For use outside a container. */
    Images(ProvisioningTargets provisioningTargets, ProviderImages providerImages) {
        this.provisioningTargets = provisioningTargets;
        this.providerImages = providerImages;
    }

    /**
     * An image to choose.
     *
     * @param family such as Debian
     * @param isDefault whether it is the default
     * @param deprecated whether it will be withdrawn soon
     */
    public record Choice(String name, String family, boolean isDefault, boolean deprecated) {}

    /**
     * The available choices.
     *
     * @param systems the default one first; empty if there is no choice
     * @param scripts whether start-up scripts are run
     */
    public record Offered(List<Choice> systems, boolean scripts) {}

    /** Returns the choices for a server of a plan in a region. */
    public Offered offered(UUID planId, Plan.Size size, String region) {
        return place(planId, size, region)
                .map(placement -> offered(placement, size))
                .orElse(new Offered(List.of(), true));
    }

    /** Returns the choices for rebuilding an existing server; the default is its present image. */
    public Offered offered(ProvisioningTarget.Placement placement, Plan.Size size) {
        return new Offered(choices(placement, size), runsScripts(placement));
    }

    /**
     * Returns where a server of a plan would be created in a region, for callers with several questions about it; empty if no provider creates
     * one.
     */
    public Optional<ProvisioningTarget.Placement> place(UUID planId, Plan.Size size, String region) {
        return provisioningTargets.place(planId, size, region);
    }

    /** Whether servers there run scripts at their first start. */
    public boolean runsScripts(ProvisioningTarget.Placement placement) {
        return !provisioningTargets.refuseScripts(placement);
    }

    /** Returns the images that a server there can start with, the default one first; empty if there is no choice. */
    public List<Choice> choices(ProvisioningTarget.Placement placement, Plan.Size size) {
        return at(placement, size).stream()
                .map(image ->
                        new Choice(image.name(), image.family(), isDefaultImage(image, placement), image.deprecated()))
                .sorted(Comparator.comparing((Choice one) -> !one.isDefault())
                        .thenComparing(Choice::family)
                        .thenComparing(Choice::name, Comparator.reverseOrder()))
                .toList();
    }

    /** Returns the provider's code of an image that is offered there under that name. */
    public Optional<String> code(ProvisioningTarget.Placement placement, Plan.Size size, String name) {
        return at(placement, size).stream()
                .filter(image -> image.name().equals(name))
                .map(ProviderCatalog.Image::code)
                .findFirst();
    }

    /** Returns the images that fit the plan's disk, each name once. */
    private List<ProviderCatalog.Image> at(ProvisioningTarget.Placement placement, Plan.Size size) {
        var own = provisioningTargets.images(placement);
        var byName = new LinkedHashMap<String, ProviderCatalog.Image>();
        (own.isEmpty() ? stocked(placement.account()) : own)
                .stream()
                        .filter(image -> size.diskGib() == 0 || image.diskMinGib() <= size.diskGib())
                        .forEach(image -> byName.merge(
                                image.name(),
                                image,
                                (known, other) -> isDefaultImage(other, placement) ? other : known));
        return List.copyOf(byName.values());
    }

    private static boolean isDefaultImage(ProviderCatalog.Image image, ProvisioningTarget.Placement placement) {
        return image.code().equals(placement.image());
    }

    private List<ProviderCatalog.Image> stocked(String account) {
        try {
            return providerImages.offered(UUID.fromString(account));
        } catch (IllegalArgumentException noAccountOfTheirs) {
            return List.of();
        }
    }
}
