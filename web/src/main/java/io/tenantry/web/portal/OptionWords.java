package io.tenantry.web.portal;

import io.tenantry.money.Money;
import io.tenantry.options.OptionKind;
import io.tenantry.options.OptionOutcome;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.options.Terms;
import io.tenantry.options.VolumeRounds;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
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

    /** What differs at a vendor. Addresses have no size. */
    public String difference(VolumeRounds.Difference row) {
        var kind = row.kind().name().toLowerCase(Locale.ROOT);
        return row.of() == OptionKind.ADDRESS
                ? fmt.text("option.difference.address." + kind)
                : fmt.text(
                        "option.difference." + kind,
                        words.gigabytes(row.seenGib()),
                        words.gigabytes(row.expectedGib()),
                        fmt.text("option.one." + row.of().word()));
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
