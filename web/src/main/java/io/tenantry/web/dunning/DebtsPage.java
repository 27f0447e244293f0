package io.tenantry.web.dunning;

import io.tenantry.dunning.Dunning;
import io.tenantry.dunning.Dunning.Coming;
import io.tenantry.dunning.Dunning.Outlook;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** What happens to whom in the next days, and who is in debt now. */
@Named
@RequestScoped
public class DebtsPage {
    private static final int SHOWN_MAX = 300;

    @Inject
    Dunning dunning;

    private List<Outlook> near = List.of();

    /** Looks at all of them, if they may be seen. */
    public void open() {
        Visit.look(() -> near = dunning.near());
    }

    /** What comes, the next first. */
    public List<Coming> getComing() {
        return Coming.of(near).stream().limit(SHOWN_MAX).toList();
    }

    /** Who is in debt, who owes for longest first. */
    public List<Outlook> getOpen() {
        return near.stream().filter(outlook -> outlook.debt().isOpen()).toList();
    }

    /** Whose letters have not gone out, so that nothing follows. */
    public long getHeldUp() {
        return near.stream().filter(Outlook::isHeldUp).count();
    }
}
