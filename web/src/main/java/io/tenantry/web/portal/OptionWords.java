package io.tenantry.web.portal;

import io.tenantry.money.Money;
import io.tenantry.options.OptionFindings;
import io.tenantry.options.OptionKind;
import io.tenantry.options.OptionOutcome;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.options.Terms;
import io.tenantry.options.VolumeRounds;
import io.tenantry.provider.Backups;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Volumes, backups, snapshots and further addresses in people's words. */
@RequestScoped
@Named("optionWords")
public class OptionWords {
    /** What a volume may be ordered as, in gibibytes. */
    private static final int[] SIZES = {10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    @Inject
    Fmt fmt;

    @Inject
    Words words;

    /** A size with what it costs: a month, and an hour. */
    public record Size(int gib, Money monthly, Money hourly) {}

    /** The sizes above one, at a price. */
    public List<Size> sizes(Optional<Terms.Offer> offer, int above) {
        return offer.stream()
                .flatMap(price -> IntStream.of(SIZES)
                        .filter(gib -> gib > above)
                        .mapToObj(gib -> new Size(gib, price.monthly(gib), price.hourly(gib))))
                .toList();
    }

    /** How often a server is copied. */
    public String policy(Optional<Backups.Policy> policy) {
        return fmt.text("policy." + policyCode(policy));
    }

    /** What is kept of that. */
    public String kept(Backups.Retention retention) {
        return fmt.text(
                retention.policy().isPresent() ? "policy.kept" : "policy.kept.usual",
                retention.copies(),
                retention.days());
    }

    /** How a policy is called in forms. */
    public String policyCode(Optional<Backups.Policy> policy) {
        return policy.map(Backups.Policy::word).orElse("usual");
    }

    /** The policy that is called so in forms. */
    public Optional<Backups.Policy> policyOf(String code) {
        return Arrays.stream(Backups.Policy.values())
                .filter(one -> one.word().equals(code))
                .findFirst();
    }

    /** How it is, as a state of {@code app:status}. */
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

    /** The same in words; empty for the usual ones. */
    public String doing(Optional<Wanted> wanted) {
        return wanted.map(one -> fmt.text("option.doing." + one.word())).orElse("");
    }

    /** What differs at a vendor. */
    public String difference(VolumeRounds.Difference row) {
        return difference(row.of(), row.kind(), row.seenGib(), row.expectedGib());
    }

    /** The same of one alone. */
    public String finding(OptionFindings.Finding one) {
        return difference(one.of(), one.kind(), one.seenGib(), one.expectedGib());
    }

    /** Addresses and backups have no size. */
    private String difference(OptionKind of, VolumeRounds.Kind kind, int seenGib, int expectedGib) {
        var word = fmt.word(kind);
        return of == OptionKind.ADDRESS || of == OptionKind.BACKUP
                ? fmt.text("option.difference." + of.word() + "." + word)
                : fmt.text(
                        "option.difference." + word,
                        words.gigabytes(seenGib),
                        words.gigabytes(expectedGib),
                        fmt.text("option.one." + of.word()));
    }

    /** What may be done about it, and what follows. */
    public String advice(OptionFindings.Finding one) {
        var key = "option-finding.advice." + fmt.word(one.kind());
        if (one.of() == OptionKind.BACKUP) {
            return fmt.text(key + ".backup");
        }
        var isUnknown = one.kind() == VolumeRounds.Kind.STRAY && one.optionId().isEmpty();
        return fmt.text(isUnknown ? key + ".unknown" : key);
    }

    /** Says what is wrong. */
    public void refuse(OptionOutcome outcome) {
        if (outcome instanceof OptionOutcome.BadSize size) {
            Visit.refuse(fmt.text("option.bad-size", size.min(), size.max()));
        } else if (outcome instanceof OptionOutcome.TooLittle lacking) {
            Visit.refuse(fmt.text("order.short", fmt.money(lacking.missing())));
        } else if (outcome instanceof OptionOutcome.TooMany many) {
            Visit.refuse(fmt.text("option.too-many", many.max()));
        } else {
            Visit.refuse(fmt.text(key(outcome)));
        }
    }

    private static String key(OptionOutcome outcome) {
        if (outcome instanceof OptionOutcome.BadName) {
            return "option.bad-name";
        }
        if (outcome instanceof OptionOutcome.NotSelling) {
            return "order.not-selling";
        }
        if (outcome instanceof OptionOutcome.NotOffered) {
            return "option.not-offered";
        }
        if (outcome instanceof OptionOutcome.PriceChanged) {
            return "option.price-changed";
        }
        if (outcome instanceof OptionOutcome.Suspended) {
            return "option.suspended";
        }
        if (outcome instanceof OptionOutcome.NotThere) {
            return "option.not-there";
        }
        if (outcome instanceof OptionOutcome.NeedsBackups) {
            return "snapshots.lacking";
        }
        if (outcome instanceof OptionOutcome.SlotTaken) {
            return "snapshots.taken";
        }
        return outcome instanceof OptionOutcome.NoWallet ? "option.no-wallet" : "option.busy";
    }
}
