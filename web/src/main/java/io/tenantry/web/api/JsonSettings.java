package io.tenantry.web.api;

import io.tenantry.kernel.money.Money;
import io.tenantry.text.DecimalText;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The JSON format of the API: names in snake_case, money as text, because a JSON number is not exact everywhere. */
@Provider
public class JsonSettings implements ContextResolver<Jsonb> {
    static final Jsonb JSONB = JsonbBuilder.create(new JsonbConfig()
            .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES)
            .withAdapters(new MoneyText(), new ExactNumber(), new CurrencyCode()));

    @Override
    public Jsonb getContext(Class<?> type) {
        return JSONB;
    }

    /** An amount as {@code {"amount":"0.01815068","currency":"EUR"}}, without derived properties. */
    public static final class MoneyText implements JsonbAdapter<Money, Map<String, String>> {
        @Override
        public Map<String, String> adaptToJson(Money money) {
            return new TreeMap<>(Map.of(
                    "amount",
                    money.amount().toPlainString(),
                    "currency",
                    money.currency().getCurrencyCode()));
        }

        @Override
        public Money adaptFromJson(Map<String, String> json) {
            return new Money(
                    DecimalText.require(Objects.requireNonNull(json.get("amount"), "amount")),
                    Currency.getInstance(Objects.requireNonNull(json.get("currency"), "currency")));
        }
    }

    /** A decimal number as text, without loss of precision. */
    public static final class ExactNumber implements JsonbAdapter<BigDecimal, String> {
        @Override
        public String adaptToJson(BigDecimal number) {
            return number.toPlainString();
        }

        @Override
        public BigDecimal adaptFromJson(String text) {
            return DecimalText.require(text);
        }
    }

    /** A currency as its three-character code. */
    public static final class CurrencyCode implements JsonbAdapter<Currency, String> {
        @Override
        public String adaptToJson(Currency currency) {
            return currency.getCurrencyCode();
        }

        @Override
        public Currency adaptFromJson(String code) {
            return Currency.getInstance(code);
        }
    }
}
