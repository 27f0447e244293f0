package io.tenantry.web.list;

import io.tenantry.text.DateText;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/** The two fields for the first and last day of a page, and what is wrong with what they contain, for the tag {@code app:days}. */
@Named
@RequestScoped
public class DayFields {
    /** The parameter for the first day. */
    public static final String FROM = "from";

    /** The parameter for the last day. */
    public static final String TO = "to";

    private static final int YEAR_LEAST = 1970;

    @Inject
    HttpServletRequest request;

    @Inject
    Format format;

    /** What is wrong with a day. */
    public enum Fault {
        /** It is not a day, or before 1970. */
        UNREADABLE,
        /** The last day is before the first. */
        REVERSED
    }

    /** Returns the fault at a field, if the two contain one. */
    static Optional<Fault> fault(String name, String from, String to) {
        var typed = name.equals(FROM) ? from : name.equals(TO) ? to : "";
        if (typed.isBlank()) {
            return Optional.empty();
        }
        var day = day(typed);
        if (day.isEmpty()) {
            return Optional.of(Fault.UNREADABLE);
        }
        return name.equals(TO)
                        && day(from).filter(first -> day.get().isBefore(first)).isPresent()
                ? Optional.of(Fault.REVERSED)
                : Optional.empty();
    }

    private static Optional<LocalDate> day(String typed) {
        return DateText.day(typed).filter(day -> day.getYear() >= YEAR_LEAST);
    }

    /** Whether the days of a request cannot be shown as asked. */
    public static boolean areFaulty(HttpServletRequest request) {
        var from = parameter(request, FROM);
        var to = parameter(request, TO);
        return fault(FROM, from, to).or(() -> fault(TO, from, to)).isPresent();
    }

    /** Whether the days cannot be shown as asked. */
    public boolean isFaulty() {
        return areFaulty(request);
    }

    /** Returns what is wrong at a field; empty if nothing is. */
    public String fault(String name) {
        return fault(name, parameter(request, FROM), parameter(request, TO))
                .map(fault -> format.text("days.fault." + fault))
                .orElse("");
    }

    /** Returns what is wrong with the days; empty if nothing is. */
    public String getFault() {
        var first = fault(FROM);
        return first.isEmpty() ? fault(TO) : first;
    }

    /** Returns the day to show in a field: the requested one if the days are faulty, otherwise the one that applies. */
    public String shown(String name, Object applied) {
        return isFaulty()
                ? day(parameter(request, name)).map(LocalDate::toString).orElse("")
                : applied.toString();
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }
}
