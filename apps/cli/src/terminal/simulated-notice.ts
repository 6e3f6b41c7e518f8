/** Said wherever stand-ins answer for models, so that nobody takes their words or their costs for real. */
export const simulatedNotice = 'simulated: stand-ins on this machine answer, no model is asked, nobody is billed';
