package io.tenantry.web.shell;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.Converter;
import jakarta.faces.convert.ConverterException;
import jakarta.faces.convert.FacesConverter;
import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount as people type it: digits with the decimal sign of the page's language, at most eight decimals. Signs between
 * thousands are refused, so that nobody gives a thousand times what was meant.
 */
@FacesConverter("amount")
public class AmountConverter implements Converter<BigDecimal> {
    private static final Pattern PLAIN = Pattern.compile("\\d{1,11}(\\.\\d{1,8})?");

    @Override
    public @Nullable BigDecimal getAsObject(FacesContext faces, UIComponent component, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        var plain = value.strip().replace(sign(faces), '.');
        var isForeign = sign(faces) != '.' && value.indexOf('.') >= 0;
        if (isForeign || !PLAIN.matcher(plain).matches()) {
            var locale = faces.getViewRoot().getLocale();
            var text = new Messages(locale).text("amount.unreadable", "1250" + sign(faces) + "50");
            throw new ConverterException(new FacesMessage(FacesMessage.SEVERITY_ERROR, text, null));
        }
        return new BigDecimal(plain);
    }

    @Override
    public String getAsString(FacesContext faces, UIComponent component, @Nullable BigDecimal value) {
        return value == null ? "" : value.stripTrailingZeros().toPlainString().replace('.', sign(faces));
    }

    private static char sign(FacesContext faces) {
        return DecimalFormatSymbols.getInstance(faces.getViewRoot().getLocale()).getDecimalSeparator();
    }
}
