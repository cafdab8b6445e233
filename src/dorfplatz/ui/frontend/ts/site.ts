/** Behaviours every page has. Each improves something that works without it. */
import htmx from "htmx.org/dist/htmx.esm.js";
import { guardForms } from "./forms";
import { openAndClose } from "./sheets";
import { shareAndPrint } from "./share";
import { suggestWhileTyping } from "./suggests";

// Going back loads the page anew: it may need another head than the one we are on.
htmx.config.history = "reload";

guardForms();
openAndClose();
shareAndPrint();
suggestWhileTyping();
