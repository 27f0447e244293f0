package io.tenantry.web.problem;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;

/** The kinds of problem, for those who write programs. */
@Named
@RequestScoped
public class ProblemsPage {
    /** All of them, by status. */
    public List<ProblemType> getKinds() {
        return List.of(ProblemType.values());
    }
}
