package io.tenantry.web.layout;

import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a list with buttons or fields, as they were shown. Faces finds the row of a submission by its index: the submission must see the
 * list that was shown, even if rows have been added or removed since. Belongs to beans of a view.
 */
public final class ShownRows<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient @Nullable List<T> rows;

    /**
     * Returns the rows; reads them when the page is rendered for the first time.
     *
     * @throws jakarta.faces.application.ViewExpiredException if a submission needs rows that the session no longer holds
     */
    public List<T> get(Supplier<List<T>> read) {
        var known = rows;
        if (known == null) {
            var faces = FacesContext.getCurrentInstance();
            var isSubmission = faces.isPostback() && faces.getCurrentPhaseId() != PhaseId.RENDER_RESPONSE;
            known = isSubmission ? PageResult.opened(rows) : List.copyOf(read.get());
            rows = known;
        }
        return known;
    }

    /** Discards the rows after a change, so that the current ones are shown. */
    public void forget() {
        rows = null;
    }
}
