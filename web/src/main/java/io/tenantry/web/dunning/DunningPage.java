package io.tenantry.web.dunning;

import io.tenantry.dunning.Dunning;
import io.tenantry.dunning.Dunning.DunningForecast;
import io.tenantry.dunning.Dunning.UpcomingStep;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.Paging;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The steps of the next days, and the customers in debt. */
@Named
@RequestScoped
public class DunningPage {
    private static final int SHOWN = 100;

    @Inject
    Dunning dunning;

    private List<DunningForecast> near = List.of();
    private String page = "";
    private String open = "";

    /** Loads the lists, if the user may view them. */
    public void open() {
        PageResult.load(() -> near = dunning.near());
    }

    /** Returns the steps to come, the next first. */
    public List<UpcomingStep> getComing() {
        return part(UpcomingStep.of(near), getComingPaging());
    }

    /** Returns the page of the steps to come that is shown. */
    public Paging getComingPaging() {
        return paging(page, UpcomingStep.of(near).size());
    }

    /** Returns the customers in debt, the oldest debt first. */
    public List<DunningForecast> getOpen() {
        return part(openForecasts(), getOpenPaging());
    }

    /** Returns the page of the customers in debt that is shown. */
    public Paging getOpenPaging() {
        return paging(open, openForecasts().size());
    }

    private List<DunningForecast> openForecasts() {
        return near.stream()
                .filter(dunningForecast -> dunningForecast.debt().isOpen())
                .toList();
    }

    private static Paging paging(String wanted, int all) {
        return Paging.of(wanted.matches("[0-9]{1,6}") ? Integer.parseInt(wanted) : 1, SHOWN, all);
    }

    private static <T> List<T> part(List<T> all, Paging paging) {
        return all.subList(paging.first(), paging.getTo());
    }

    /** Returns the page number of the steps to come. */
    public String getPage() {
        return page;
    }

    public void setPage(@Nullable String page) {
        this.page = Objects.requireNonNullElse(page, "");
    }

    /** Returns the page number of the customers in debt. */
    public String getOpenPage() {
        return open;
    }

    public void setOpenPage(@Nullable String open) {
        this.open = Objects.requireNonNullElse(open, "");
    }

    /** Returns the number of customers whose emails were not sent, so that no step follows. */
    public long getHeldUp() {
        return near.stream().filter(DunningForecast::isHeldUp).count();
    }
}
