// The pages work without this. With it, the design system's components gain their comforts.
import { initAll } from "/static/govuk/govuk-frontend.min.js";

initAll();
