package io.tenantry.web.layout;

import io.tenantry.text.AmountText;
import io.tenantry.text.AmountText.ParseResult;
import io.tenantry.text.InputText;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.Converter;
import jakarta.faces.convert.ConverterException;
import jakarta.faces.convert.FacesConverter;
import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A converter of amounts as people type them ({@link AmountText}); the message for an invalid one states the reason. */
@FacesConverter("amount")
public class AmountConverter implements Converter<BigDecimal> {
    @Override
    public @Nullable BigDecimal getAsObject(FacesContext faces, UIComponent component, @Nullable String value) {
        if (value == null || InputText.isBlank(value)) {
            return null;
        }
        var locale = faces.getViewRoot().getLocale();
        var parseResult = AmountText.read(value, locale);
        if (parseResult instanceof ParseResult.Refused refused) {
            throw new ConverterException(
                    new FacesMessage(FacesMessage.SEVERITY_ERROR, message(refused.fault(), locale), null));
        }
        var amount = ((ParseResult.Amount) parseResult).value();
        AmountBounds.of(component.getAttributes())
                .fault(amount, new Messages(locale), new Formats(locale, ZoneOffset.UTC))
                .ifPresent(fault -> {
                    throw new ConverterException(new FacesMessage(FacesMessage.SEVERITY_ERROR, fault, null));
                });
        return amount;
    }

    @Override
    public String getAsString(FacesContext faces, UIComponent component, @Nullable BigDecimal value) {
        return value == null
                ? ""
                : value.stripTrailingZeros()
                        .toPlainString()
                        .replace('.', sign(faces.getViewRoot().getLocale()));
    }

    private static String message(AmountText.Fault fault, Locale locale) {
        var key = "amount." + fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Messages(locale).text(key, "1250" + sign(locale) + "50");
    }

    private static char sign(Locale locale) {
        return DecimalFormatSymbols.getInstance(locale).getDecimalSeparator();
    }
}
