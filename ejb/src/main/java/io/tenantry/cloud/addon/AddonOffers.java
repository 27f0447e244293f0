package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.AddonPricing.CurrentPrices;
import io.tenantry.cloud.addon.AddonPricing.Offer;
import io.tenantry.cloud.addon.AddonQuery.BackupFrequency;
import io.tenantry.cloud.provider.AdditionalAddresses;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.Volumes;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * The add-ons that can be ordered together with a server: those that the provider of its region supports and that the reseller has a price for.
 * Requires no permission.
 */
@Stateless
public class AddonOffers {
    /** The maximum size of a volume. */
    public static final int GIB_MAX = VolumeOrders.SIZE_MAX_GIB;

    private static final List<AddonType> KINDS = List.of(AddonType.BACKUP, AddonType.VOLUME, AddonType.ADDRESS);

    @Inject
    AddonPricing addonPricing;

    @Inject
    AddonServers addonServers;

    /** For the container. */
    public AddonOffers() {}

    /** For use outside a container. */
    AddonOffers(AddonPricing addonPricing, AddonServers addonServers) {
        this.addonPricing = addonPricing;
        this.addonServers = addonServers;
    }

    /**
     * The available choices.
     *
     * @param backups backup frequencies, the usual one first; empty if there are none
     * @param volume the price of one gibibyte of a volume
     * @param address the price of one additional address
     * @param addressesMax the maximum number of additional addresses; zero if none
     */
    public record Offered(
            List<BackupFrequency> backups, Optional<Offer> volume, Optional<Offer> address, int addressesMax) {
        /** A server without add-ons. */
        public static final Offered NOTHING = new Offered(List.of(), Optional.empty(), Optional.empty(), 0);

        public Offered {
            backups = List.copyOf(backups);
        }

        /** Whether there is nothing to choose from. */
        public boolean isNothing() {
            return equals(NOTHING);
        }
    }

    /**
     * Returns what is available for a server at that placement.
     *
     * @param place where a provider creates the server; empty if there is none
     * @param currency the currency in which the server is paid
     */
    public Offered offered(Optional<ProvisioningTarget.Placement> place, Currency currency) {
        if (place.isEmpty()) {
            return Offered.NOTHING;
        }
        var prices = addonPricing.all(KINDS, currency);
        if (isNothing(prices)) {
            return Offered.NOTHING;
        }
        return addonServers
                .capability(place.get().account())
                .map(provider -> offered(provider, prices))
                .orElse(Offered.NOTHING);
    }

    /** Whether the reseller offers any add-on in that currency, in any region. */
    public boolean isAny(Currency currency) {
        return !isNothing(addonPricing.all(KINDS, currency));
    }

    private static boolean isNothing(List<CurrentPrices> prices) {
        return prices.stream().allMatch(CurrentPrices::isNothing);
    }

    private static Offered offered(ProviderClient provider, List<CurrentPrices> prices) {
        var backups = provider instanceof Backups copying
                ? copying.policies().stream()
                        .flatMap(one ->
                                prices.get(0).of(one.policy()).stream().map(offer -> new BackupFrequency(one, offer)))
                        .toList()
                : List.<BackupFrequency>of();
        var volume = provider instanceof Volumes ? prices.get(1).of(Optional.empty()) : Optional.<Offer>empty();
        var most = provider instanceof AdditionalAddresses giving ? giving.addressesMax() : 0;
        var address = most > 0 ? prices.get(2).of(Optional.empty()) : Optional.<Offer>empty();
        return new Offered(backups, volume, address, address.isPresent() ? most : 0);
    }
}
