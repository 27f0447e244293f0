package io.tenantry.web.portal;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.addon.AddonDiscrepancies;
import io.tenantry.cloud.addon.AddonOutcome;
import io.tenantry.cloud.addon.AddonPricing;
import io.tenantry.cloud.addon.AddonReconciliationSchedule;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Labels for volumes, backups, snapshots and additional addresses. */
@RequestScoped
@Named("optionWords")
public class AddonLabels {
    /** The sizes in which volumes are offered, in gibibytes. */
    private static final int[] SIZES = {10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    @Inject
    Format format;

    @Inject
    PortalLabels portalLabels;

    /** A size with its monthly and hourly price. */
    public record PricedSize(int gib, Money monthly, Money hourly) {}

    /** Returns the sizes above a given one, at the offered price. */
    public List<PricedSize> sizes(Optional<AddonPricing.Offer> offer, int above) {
        return offer.stream()
                .flatMap(price -> IntStream.of(SIZES)
                        .filter(gib -> gib > above)
                        .mapToObj(gib -> new PricedSize(gib, price.monthly(gib), price.hourly(gib))))
                .toList();
    }

    /** Returns the label of a backup policy. */
    public String policy(Optional<Backups.Policy> policy) {
        return format.text("policy." + policyCode(policy));
    }

    /** Returns the label of a retention. */
    public String kept(Backups.Retention retention) {
        return format.text(
                retention.policy().isPresent() ? "policy.kept" : "policy.kept.default",
                retention.copies(),
                retention.days());
    }

    /** Returns the code of a policy in forms. */
    public String policyCode(Optional<Backups.Policy> policy) {
        return policy.map(Backups.Policy::word).orElse("default");
    }

    /** Returns the policy of a code in forms. */
    public Optional<Backups.Policy> policyOf(String code) {
        return Arrays.stream(Backups.Policy.values())
                .filter(one -> one.word().equals(code))
                .findFirst();
    }

    /** Returns the state as {@code app:status} expects it. */
    public String status(State state, Optional<Wanted> wanted) {
        if (wanted.isPresent()) {
            return "working";
        }
        return switch (state) {
            case ORDERED -> "creating";
            case ACTIVE -> "active";
            case TERMINATING -> "terminating";
            case TERMINATED -> "terminated";
            case FAILED -> "failed";
        };
    }

    /** Returns the label of an action in progress; empty if there is none. */
    public String doing(Optional<Wanted> wanted) {
        return wanted.map(one -> format.text("addon.doing." + one.word())).orElse("");
    }

    /** Returns the description of a discrepancy with a provider. */
    public String difference(AddonReconciliationSchedule.Difference row) {
        return difference(row.of(), row.kind(), row.seenGib(), row.expectedGib());
    }

    /** Returns the description of a single discrepancy. */
    public String discrepancy(AddonDiscrepancies.AddonDiscrepancy one) {
        return difference(one.of(), one.kind(), one.seenGib(), one.expectedGib());
    }

    /** Returns the description; addresses and backups have no size. */
    private String difference(AddonType of, AddonReconciliationSchedule.Kind kind, int seenGib, int expectedGib) {
        var word = format.word(kind);
        return of == AddonType.ADDRESS || of == AddonType.BACKUP
                ? format.text("addon.difference." + of.word() + "." + word)
                : format.text(
                        "addon.difference." + word,
                        portalLabels.gigabytes(seenGib),
                        portalLabels.gigabytes(expectedGib),
                        format.text("addon.one." + of.word()));
    }

    /** Returns the possible actions on a discrepancy, and their consequences. */
    public String advice(AddonDiscrepancies.AddonDiscrepancy one) {
        var key = "addon-discrepancy.advice." + format.word(one.kind());
        if (one.of() == AddonType.BACKUP) {
            return format.text(key + ".backup");
        }
        var isUnknown = one.kind() == AddonReconciliationSchedule.Kind.UNKNOWN_ADDON
                && one.optionId().isEmpty();
        return format.text(isUnknown ? key + ".unknown" : key);
    }

    /** Shows the error of an outcome. */
    public void refuse(AddonOutcome outcome) {
        if (outcome instanceof AddonOutcome.BadSize size) {
            PageResult.refuse(format.text("addon.bad-size", size.min(), size.max()));
        } else if (outcome instanceof AddonOutcome.InsufficientFunds lacking) {
            PageResult.refuse(format.text("order.short", format.money(lacking.missing())));
        } else if (outcome instanceof AddonOutcome.TooMany many) {
            PageResult.refuse(format.text("addon.too-many", many.max()));
        } else {
            PageResult.refuse(format.text(key(outcome)));
        }
    }

    private static String key(AddonOutcome outcome) {
        if (outcome instanceof AddonOutcome.BadName) {
            return "addon.bad-name";
        }
        if (outcome instanceof AddonOutcome.NotSelling) {
            return "order.not-selling";
        }
        if (outcome instanceof AddonOutcome.NotOffered) {
            return "addon.not-offered";
        }
        if (outcome instanceof AddonOutcome.PriceChanged) {
            return "addon.price-changed";
        }
        if (outcome instanceof AddonOutcome.Suspended) {
            return "addon.suspended";
        }
        if (outcome instanceof AddonOutcome.Locked) {
            return "addon.locked";
        }
        if (outcome instanceof AddonOutcome.NotSupported) {
            return "addon.not-there";
        }
        if (outcome instanceof AddonOutcome.NeedsBackups) {
            return "snapshots.lacking";
        }
        if (outcome instanceof AddonOutcome.LimitReached) {
            return "snapshots.taken";
        }
        return outcome instanceof AddonOutcome.NoWallet ? "addon.no-wallet" : "addon.busy";
    }
}
