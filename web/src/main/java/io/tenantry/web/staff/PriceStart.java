package io.tenantry.web.staff;

import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.text.DateText;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.validator.ValidatorException;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the start of a new price together with the other fields of its form, which the use case would check only when they are valid. */
@Named
@RequestScoped
public class PriceStart {
    /** As in the use cases: filling in a form takes time. */
    private static final Duration LATE_MAX = Duration.ofMinutes(1);

    @Inject
    TenantDirectory tenants;

    @Inject
    Clock clock;

    @Inject
    Format format;

    /** Refuses a start in the past, and a time over which clocks are set forward; an unreadable one is refused before. */
    public void check(FacesContext faces, UIComponent field, @Nullable Object typed) {
        var local = Optional.ofNullable(typed).flatMap(text -> DateText.local(text.toString()));
        if (local.isEmpty()) {
            return;
        }
        var start = DateText.at(local.get(), tenants.current().zone());
        if (start.isEmpty()) {
            throw refused("input.gap");
        }
        if (start.get().isBefore(clock.instant().minus(LATE_MAX))) {
            throw refused("field.valid_from");
        }
    }

    private ValidatorException refused(String key) {
        return new ValidatorException(new FacesMessage(FacesMessage.SEVERITY_ERROR, format.text(key), null));
    }
}
