package io.tenantry.web.dunning;

import io.tenantry.dunning.Dunning;
import io.tenantry.dunning.Dunning.Coming;
import io.tenantry.dunning.Dunning.DunningForecast;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.Paging;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What happens to whom in the next days, and who is in debt now. */
@Named
@RequestScoped
public class DunningPage {
    private static final int SHOWN = 100;

    @Inject
    Dunning dunning;

    private List<DunningForecast> near = List.of();
    private String page = "";
    private String open = "";

    /** Looks at all of them, if they may be seen. */
    public void open() {
        PageResult.look(() -> near = dunning.near());
    }

    /** What comes, the next first. */
    public List<Coming> getComing() {
        return part(Coming.of(near), getComingPaging());
    }

    /** Which part of that is shown. */
    public Paging getComingPaging() {
        return paging(page, Coming.of(near).size());
    }

    /** Who is in debt, who owes for longest first. */
    public List<DunningForecast> getOpen() {
        return part(indebted(), getOpenPaging());
    }

    /** Which part of them is shown. */
    public Paging getOpenPaging() {
        return paging(open, indebted().size());
    }

    private List<DunningForecast> indebted() {
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

    /** The number of the part of what comes. */
    public String getPage() {
        return page;
    }

    public void setPage(@Nullable String page) {
        this.page = Objects.requireNonNullElse(page, "");
    }

    /** The number of the part of who is in debt. */
    public String getOpenPage() {
        return open;
    }

    public void setOpenPage(@Nullable String open) {
        this.open = Objects.requireNonNullElse(open, "");
    }

    /** Whose letters have not gone out, so that nothing follows. */
    public long getHeldUp() {
        return near.stream().filter(DunningForecast::isHeldUp).count();
    }
}
