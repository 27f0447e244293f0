package io.tenantry.web.settlement;

import io.tenantry.billing.invoicing.CorrectionFault;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.settlement.SettlementCredits;
import io.tenantry.settlement.SettlementCredits.CreditableLine;
import io.tenantry.settlement.SettlementCredits.Outcome;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The crediting of settlement lines. The document's id is generated with the page, so that a form that is sent twice creates one document. */
@Named
@ViewScoped
public class SettlementCreditPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String PAPER = "/admin/settlements/document?id=";

    @Inject
    SettlementCredits credits;

    @Inject
    Format format;

    @Inject
    SettlementLabels labels;

    private final UUID creditId = UUID.randomUUID();
    private @Nullable String parameter;
    private @Nullable UUID settlementId;
    private String number = "";
    private String slug = "";
    private List<Row> rows = List.of();
    private String reason = "";
    private @Nullable Money confirmed;

    /** A line and the amount to credit. */
    public static final class Row implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int position;
        private final String name;
        private final String month;
        private final Money left;
        private @Nullable BigDecimal amount;

        Row(CreditableLine creditableLine, SettlementLabels words) {
            var line = creditableLine.line();
            position = line.position();
            name = line.provider().isEmpty() ? words.what(line) : words.what(line) + " · " + line.provider();
            month = words.month(line.month());
            left = creditableLine.left();
        }

        public int getPosition() {
            return position;
        }

        public String getName() {
            return name;
        }

        public String getMonth() {
            return month;
        }

        public Money getLeft() {
            return left;
        }

        public @Nullable BigDecimal getAmount() {
            return amount;
        }

        public void setAmount(@Nullable BigDecimal amount) {
            this.amount = amount;
        }
    }

    /** Loads the settlement, if it may be credited. */
    public void open() {
        PageResult.load(() -> {
            var id = PageResult.id("settlement", parameter);
            var offer = credits.offer(id);
            number = offer.settlement().number();
            slug = offer.settlement().tenant().value();
            rows = offer.lines().stream()
                    .filter(line -> line.left().isPositive())
                    .map(line -> new Row(line, labels))
                    .toList();
            settlementId = id;
        });
    }

    /** Issues the credit note. */
    public void issue() {
        var amounts = new HashMap<Integer, BigDecimal>();
        for (var row : rows) {
            amounts.put(row.getPosition(), Objects.requireNonNullElse(row.getAmount(), BigDecimal.ZERO));
        }
        var outcome = credits.issue(creditId, known(), amounts, reason, Optional.ofNullable(confirmed));
        if (outcome instanceof Outcome.Issued issued) {
            PageResult.go(PAPER + issued.id(), format.text("settlement.credit.done"));
        } else if (outcome instanceof Outcome.Unconfirmed unconfirmed) {
            confirmed = unconfirmed.total();
            PageResult.refuse(format.text("settlement.credit.confirm", format.money(unconfirmed.total())));
        } else if (outcome instanceof Outcome.AlreadyRequested already) {
            PageResult.refuse(format.text("correction.already", format.money(already.total())));
        } else if (outcome instanceof Outcome.Invalid invalid) {
            invalid.faults().forEach(this::refuse);
        }
    }

    private void refuse(CorrectionFault fault) {
        switch (fault.kind()) {
            case REASON ->
                PageResult.refuse("credit:reason", format.text("credit.reason.fault", SettlementCredits.REASON_MAX));
            case NOTHING, TOO_SMALL -> PageResult.refuse(format.text("settlement.credit.nothing"));
            case AMOUNT, DECIMALS, EXCEEDS_INVOICE -> refuse(fault.positions());
        }
    }

    private void refuse(Set<Integer> positions) {
        for (var place = 0; place < rows.size(); place++) {
            var row = rows.get(place);
            if (positions.contains(row.getPosition())) {
                PageResult.refuse(
                        "credit:rows:" + place + ":amount",
                        format.text("credit.amounts", format.money(row.getLeft(), true, false)));
            }
        }
    }

    private UUID known() {
        if (settlementId == null) {
            throw new NotFoundException("settlement", "to be credited");
        }
        return settlementId;
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public @Nullable UUID getSettlementId() {
        return settlementId;
    }

    public String getNumber() {
        return number;
    }

    /** Returns the slug of the settlement's reseller. */
    public String getSlug() {
        return slug;
    }

    public List<Row> getRows() {
        return rows;
    }

    /** Returns what the button does; with the total, once that was stated. */
    public String getAction() {
        return confirmed == null ? format.text("credit.do") : format.text("credit.do.total", format.money(confirmed));
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }
}
