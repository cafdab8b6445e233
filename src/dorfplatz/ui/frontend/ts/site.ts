/** Behaviours every page has. Each improves something that works without it. */
import "htmx.org/dist/htmx.esm.js";
import { guardForms } from "./forms";
import { openAndClose } from "./sheets";
import { shareAndPrint } from "./share";

guardForms();
openAndClose();
shareAndPrint();
