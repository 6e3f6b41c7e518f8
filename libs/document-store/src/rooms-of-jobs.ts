/** Under these, and then a job's id, stand what workers made of its pages, and its requests that wait for a batch. */
export const roomsOfJobs = ['layouts', 'pages', 'batched'] as const;
