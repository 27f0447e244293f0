package io.tenantry.catalog;

import io.tenantry.catalog.Catalog.Draft;
import io.tenantry.catalog.Catalog.Field;
import io.tenantry.catalog.Catalog.PriceDraft;
import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Validates a new plan or a new price; wholesale prices are checked elsewhere. */
final class PlanValidation {
    private static final int NAME_MAX = 80;

    private final Sql sql;
    private final Clock clock;
    private final Currencies currencies;

    PlanValidation(Sql sql, Clock clock, Currencies currencies) {
        this.sql = sql;
        this.clock = clock;
        this.currencies = currencies;
    }

    List<Field> of(Draft draft) {
        var faults = new ArrayList<Field>();
        if (!draft.code().matches("[a-z0-9][a-z0-9.-]{0,39}")
                || sql.first("select id from plan where code = ?", row -> row.uuid("id"), draft.code())
                        .isPresent()) {
            faults.add(Field.CODE);
        }
        if (draft.name().isBlank()
                || draft.name().strip().length() > NAME_MAX
                || !InputText.isLine(draft.name().strip())) {
            faults.add(Field.NAME);
        }
        if (!codes("category").contains(draft.category())) {
            faults.add(Field.CATEGORY);
        }
        if (!draft.size().isWhole()) {
            faults.add(Field.SIZE);
        }
        if (draft.regions().isEmpty() || !codes("region").containsAll(draft.regions())) {
            faults.add(Field.REGIONS);
        }
        return List.copyOf(faults);
    }

    List<Field> of(Plan plan, PriceDraft draft) {
        var faults = new ArrayList<Field>();
        var home = currencies.home();
        var currency = draft.monthly().currency();
        if (plan.state() == Plan.State.RETIRED) {
            faults.add(Field.STATE);
        }
        if (!PriceItem.isPrice(draft.monthly().amount(), currency)
                || !CurrencyUnits.isPayable(draft.monthly().amount(), currency)
                || !currencies.isSold(currency)) {
            faults.add(Field.MONTHLY);
        }
        // A plan on sale has a price in the home currency: so that one is published first.
        if (plan.state() == Plan.State.DRAFT && !currency.equals(home)) {
            faults.add(Field.STATE);
        }
        if (draft.validFrom().isBefore(clock.instant().minusSeconds(60))
                || isTaken(plan.id(), currency, draft.validFrom())) {
            faults.add(Field.VALID_FROM);
        }
        return List.copyOf(faults);
    }

    private boolean isTaken(UUID planId, Currency currency, Instant validFrom) {
        return sql.first(
                        "select id from price_version where plan_id = ? and currency = ? and valid_from = ?",
                        row -> row.uuid("id"),
                        planId,
                        currency,
                        validFrom)
                .isPresent();
    }

    private Set<String> codes(String table) {
        return new HashSet<>(sql.query("select code from " + table, row -> row.text("code")));
    }
}
