package io.tenantry.web.api;

import io.tenantry.catalog.Catalog;
import io.tenantry.cloud.addon.AddonOffers;
import io.tenantry.cloud.addon.AddonOutcome;
import io.tenantry.cloud.addon.AddonRefusedException;
import io.tenantry.cloud.addon.AddonSelection;
import io.tenantry.cloud.addon.AddonSelection.Extra;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provisioning.Images;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.api.VpsResource.NewVps;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be ordered together with a server. */
@Path("/vps/addons")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@ResellerHost
public class VpsAddonsResource {
    private static final String BACKUPS = "backups";
    private static final String VOLUME = "volume_gib";
    private static final String ADDRESSES = "additional_addresses";

    /** The backup policy if customers cannot choose the frequency. */
    private static final String DEFAULT = "default";

    @Inject
    ActingOrganization organization;

    @Inject
    Catalog catalog;

    @Inject
    Images images;

    @Inject
    AddonOffers offers;

    /**
     * An add-on that can be ordered with a server.
     *
     * @param field the field of the order in which it is asked for
     * @param policy of backups: what is to be said there
     * @param monthly of one: of a gibibyte, of the backups of a server, of an address
     * @param maxQuantity so much can be asked for; nothing of backups
     */
    public record AddonOffer(
            String field,
            @Nullable String policy,
            Money monthly,
            @Nullable Integer maxQuantity) {}

    /** Lists the add-ons that a server of a plan can have from the start in a region; empty if there are none. */
    @GET
    public Paging.Page<AddonOffer> addons(
            @QueryParam("plan_id") @Nullable String planId,
            @QueryParam("region") @Nullable String region,
            @QueryParam("organization_id") @Nullable String named) {
        var plan = ActingOrganization.id("plan_id", Objects.requireNonNullElse(planId, ""));
        var place = Objects.requireNonNullElse(region, "");
        var offer = catalog.offer(plan, place, organization.currency(named))
                .orElseThrow(() -> new ProblemException(ProblemType.OFFER_WITHDRAWN, VpsResource.WITHDRAWN));
        var offered = offers.offered(
                images.place(plan, offer.size(), place), offer.monthly().currency());
        var all = new ArrayList<AddonOffer>();
        offered.backups()
                .forEach(one -> all.add(new AddonOffer(
                        BACKUPS, word(one.retention().policy()), one.offer().unit(), null)));
        offered.volume().ifPresent(one -> all.add(new AddonOffer(VOLUME, null, one.unit(), AddonOffers.GIB_MAX)));
        offered.address()
                .ifPresent(one -> all.add(new AddonOffer(ADDRESSES, null, one.unit(), offered.addressesMax())));
        return new Paging.Page<>(all, null);
    }

    private static String word(Optional<Policy> policy) {
        return policy.map(Policy::word).orElse(DEFAULT);
    }

    /** Returns the add-ons that the order requests, at their current prices. */
    static AddonSelection extras(NewVps request) {
        var all = new ArrayList<Extra>();
        if (request.backups() != null) {
            all.add(Extra.backups(policy(request.backups()), Optional.empty()));
        }
        if (request.volumeGib() != null) {
            all.add(Extra.volume(positive(VOLUME, request.volumeGib()), Optional.empty()));
        }
        if (request.additionalAddresses() != null) {
            all.add(Extra.addresses(positive(ADDRESSES, request.additionalAddresses()), Optional.empty()));
        }
        return new AddonSelection(all);
    }

    private static Optional<Policy> policy(String word) {
        if (word.equals(DEFAULT)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Policy.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.field(BACKUPS, "malformed", word)));
    }

    private static int positive(String field, int number) {
        if (number < 1) {
            throw ProblemException.field(field, "malformed", String.valueOf(number));
        }
        return number;
    }

    /** Returns the problem for an order that was rejected because of its add-ons. */
    static ProblemException refusal(AddonRefusedException refused, NewVps request) {
        var why = refused.why();
        if (why instanceof AddonOutcome.InsufficientFunds lacking) {
            return new ProblemException(
                    ProblemType.INSUFFICIENT_FUNDS,
                    "the balance is " + lacking.missing() + " short for the first hours");
        }
        if (why instanceof AddonOutcome.NoWallet) {
            return new ProblemException(ProblemType.NO_WALLET, "no active wallet");
        }
        if (why instanceof AddonOutcome.TooMany many) {
            return new ProblemException(ProblemType.LIMIT_REACHED, "volume limit reached: " + many.max());
        }
        var code = why instanceof AddonOutcome.BadSize ? "malformed" : "unknown";
        return ProblemException.field(field(refused.kind()), code, value(refused.kind(), request));
    }

    private static String field(AddonType kind) {
        return switch (kind) {
            case BACKUP, SNAPSHOT -> BACKUPS;
            case VOLUME -> VOLUME;
            case ADDRESS -> ADDRESSES;
        };
    }

    private static String value(AddonType kind, NewVps request) {
        return switch (kind) {
            case BACKUP, SNAPSHOT -> Objects.requireNonNullElse(request.backups(), "");
            case VOLUME -> String.valueOf(request.volumeGib());
            case ADDRESS -> String.valueOf(request.additionalAddresses());
        };
    }
}
