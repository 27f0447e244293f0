package io.tenantry.web.api;

import io.tenantry.cloud.transfer.TransferPackOffers;
import io.tenantry.cloud.transfer.TransferPacks;
import io.tenantry.kernel.money.Money;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Prepaid transfer of an organization's servers. */
@Path("/egress")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@ResellerHost
public class EgressResource {
    @Inject
    TransferPackOffers offers;

    @Inject
    TransferPacks transferPacks;

    @Inject
    ActingOrganization organization;

    /**
     * A pack that can be bought.
     *
     * @param validMonths for how long it counts; absent if until it is used up
     */
    public record PackOffer(
            UUID id, int sizeGib, Money price, @Nullable Integer validMonths) {
        static PackOffer of(TransferPackOffers.Offer one) {
            return new PackOffer(one.id(), one.gib(), one.price(), one.months().orElse(null));
        }
    }

    /**
     * A pack that was bought.
     *
     * @param expiresAt periods that start later do not count against it; absent if it never expires
     */
    public record Pack(
            UUID id,
            long bytes,
            long usedBytes,
            Money price,
            Instant boughtAt,
            @Nullable Instant expiresAt) {
        static Pack of(TransferPacks.Pack one) {
            return new Pack(
                    one.id(),
                    one.bytes(),
                    one.usedBytes(),
                    one.price(),
                    one.boughtAt(),
                    one.expiresAt().orElse(null));
        }
    }

    /** Lists the packs on sale; empty while excess transfer is not charged. */
    @GET
    @Path("pack-offers")
    public Paging.Page<PackOffer> packOffers(@QueryParam("organization_id") @Nullable String named) {
        return new Paging.Page<>(
                offers.onSale(organization.currency(named)).stream()
                        .map(PackOffer::of)
                        .toList(),
                null);
    }

    /** Lists the packs that were bought: first those that are valid, in the order in which they are used. */
    @GET
    @Path("packs")
    public Paging.Page<Pack> packs(@QueryParam("organization_id") @Nullable String named) {
        return new Paging.Page<>(
                transferPacks.of(organization.of(named)).stream().map(Pack::of).toList(), null);
    }
}
